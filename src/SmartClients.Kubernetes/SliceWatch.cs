using System.Text;
using SmartClients.Http.Loads;

namespace SmartClients.Kubernetes;

/// <summary>One watch: the events after a version, until the server ends it, it breaks, or its time is over. Whatever the end, what
/// comes next begins at <see cref="Version"/>.</summary>
internal sealed class SliceWatch : IDisposable
{
    const int MostLine = 16 << 20;

    // What the server takes to end a watch that it was told to end.
    static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    readonly ClusterClient client;
    readonly TimeSpan most;
    readonly TimeProvider time;
    readonly long began;
    readonly CancellationTokenSource limit;
    readonly CancellationTokenSource over;
    HttpResponseMessage? response;
    LimitedStream? body;
    StreamReader? lines;

    public SliceWatch(ClusterClient client, string version, TimeSpan most, TimeProvider time, CancellationToken cancel)
    {
        (this.client, Version, this.most, this.time, began) = (client, version, most, time, time.GetTimestamp());
        limit = new CancellationTokenSource(most + Grace, time);
        over = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
    }

    /// <summary>The version up to which everything has been told.</summary>
    public string Version { get; private set; }

    /// <summary>What ended the watch, where it was not ended in order.</summary>
    public Exception? Break { get; private set; }

    /// <summary>The server no longer knows what came after the version: everything must be read anew.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Whether the watch did not last as long as it should have.</summary>
    public bool IsShort => time.GetElapsedTime(began) < most / 2;

    /// <summary>Ends the watch, unless it has hardly begun: every reply may say that the group has changed.</summary>
    public void Renew()
    {
        if (time.GetElapsedTime(began) < most / 10) return;
        try
        {
            limit.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It is over, and the next one has begun.
        }
    }

    /// <summary>The next event; <see langword="null"/> when the watch is over.</summary>
    /// <exception cref="ClusterException">The server refuses, or ends the watch with an error.</exception>
    public async Task<SliceEvent?> NextAsync(CancellationToken cancel)
    {
        try
        {
            if (lines is null)
            {
                response = await client.WatchAsync(Version, over.Token).ConfigureAwait(false);
                body = new LimitedStream(await response.Content.ReadAsStreamAsync(over.Token).ConfigureAwait(false), MostLine);
                lines = new StreamReader(body, Encoding.UTF8);
            }
            while (await lines.ReadLineAsync(over.Token).ConfigureAwait(false) is { } line)
            {
                body!.Reset();
                if (line.Length == 0) continue;
                var change = SliceEvent.Read(line);
                Version = change.Slice.Metadata.ResourceVersion;
                if (change.Type != WatchEventType.Bookmark) return change;
            }
        }
        catch (ClusterException error) when (error.IsGone)
        {
            IsGone = true;
        }
        catch (Exception error) when (!cancel.IsCancellationRequested && (error is IOException or ClusterException { IsBroken: true } || limit.IsCancellationRequested))
        {
            Break = error;
        }
        return null;
    }

    public void Dispose()
    {
        lines?.Dispose();
        response?.Dispose();
        over.Dispose();
        limit.Dispose();
    }
}
