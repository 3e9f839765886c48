using System.Collections.Immutable;
using System.Text;
using System.Threading.Channels;
using SmartClients.Http.Loads;

namespace SmartClients.Http.Etcd;

/// <summary>Listens to the changes of a service's keys from one revision on. A stream that breaks is opened anew where it broke, on
/// whichever node answers. What comes while the last changes are dealt with is handed out together.</summary>
internal sealed class EtcdWatch : IAsyncDisposable
{
    const int MostLine = 16 << 20;
    const int MostBreaks = 3;
    const int MostWaiting = 256;

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    readonly EtcdClient client;
    readonly EtcdKeys keys;
    readonly CancellationTokenSource stop = new();
    readonly Channel<ImmutableArray<EtcdEntry>> changes = Channel.CreateBounded<ImmutableArray<EtcdEntry>>(MostWaiting);
    readonly Task running;
    Task<bool>? waiting;

    public EtcdWatch(EtcdClient client, EtcdKeys keys, long revision)
    {
        (this.client, this.keys) = (client, keys);
        running = RunAsync(revision);
    }

    /// <summary>Waits for changes, or for something else to happen first.</summary>
    /// <param name="most">How long.</param>
    /// <param name="sooner">What ends the wait as well.</param>
    /// <param name="cancel">Ends it with an exception.</param>
    /// <returns><see langword="false"/> when there is nothing new.</returns>
    /// <exception cref="EtcdException">The watch is over, and cannot go on.</exception>
    public async Task<bool> WaitAsync(TimeSpan most, Task sooner, CancellationToken cancel)
    {
        waiting ??= changes.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        try
        {
            await Task.WhenAny(waiting, sooner).WaitAsync(most, client.Time, cancel).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
        if (!waiting.IsCompleted) return false;
        var finished = waiting;
        waiting = null;
        IsCompacted = !await finished.ConfigureAwait(false);
        return true;
    }

    /// <summary>Whether etcd has forgotten what this watch asks for: everything must be read anew.</summary>
    public bool IsCompacted { get; private set; }

    /// <summary>What has come so far, and was not taken yet.</summary>
    public IEnumerable<EtcdEntry> Take()
    {
        while (changes.Reader.TryRead(out var some))
            foreach (var change in some) yield return change;
    }

    async Task RunAsync(long revision)
    {
        try
        {
            for (var breaks = 0; ; breaks++)
            {
                var from = revision;
                try
                {
                    await foreach (var message in FollowAsync(from).ConfigureAwait(false))
                    {
                        if (message.IsCompacted)
                        {
                            changes.Writer.Complete();
                            return;
                        }
                        if (message.Next > 0) revision = message.Next;
                        if (!message.Changes.IsEmpty) await changes.Writer.WriteAsync(message.Changes, stop.Token).ConfigureAwait(false);
                    }
                }
                catch (Exception error) when (breaks < MostBreaks && error is IOException or EtcdException { InnerException: null })
                {
                    // The node died, most likely: another one goes on.
                }
                if (revision > from) breaks = 0;
                if (breaks >= MostBreaks) throw new EtcdException("etcd ends every watch at once");
                await Task.Delay(Pause * breaks, client.Time, stop.Token).ConfigureAwait(false);
            }
        }
        catch (Exception error)
        {
            changes.Writer.TryComplete(error);
        }
    }

    async IAsyncEnumerable<EtcdMessage> FollowAsync(long revision)
    {
        var question = EtcdJson.Write(json =>
        {
            json.WriteStartObject("create_request");
            json.WriteBytes("key", keys.First);
            json.WriteBytes("range_end", keys.End);
            json.WriteLong("start_revision", revision);
            json.WriteBoolean("progress_notify", true);
            json.WriteEndObject();
        });
        using var response = await client.OpenAsync("/v3/watch", question, stop.Token).ConfigureAwait(false);
        var limited = new LimitedStream(await response.Content.ReadAsStreamAsync(stop.Token).ConfigureAwait(false), MostLine);
        using var lines = new StreamReader(limited, Encoding.UTF8);
        while (await lines.ReadLineAsync(stop.Token).ConfigureAwait(false) is { } line)
        {
            limited.Reset();
            if (line.Length > 0) yield return EtcdMessage.Read(line, keys);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await running.ConfigureAwait(false);
        stop.Dispose();
        // Nobody waits any more for what this would say.
        _ = waiting?.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }
}
