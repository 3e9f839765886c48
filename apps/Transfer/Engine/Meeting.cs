using SmartClients.Naming;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>
/// Nobody can be given a piece before the size of the file is known. So every mirror that there is a place for is asked at once, each in a
/// request of its own: with the first answer the pieces begin, and the others join as they answer, connected and logged in.
/// </summary>
internal sealed class Meeting(Job job) : IAsyncDisposable
{
    readonly CancellationTokenSource stop = new();
    readonly HashSet<string> asked = [];
    readonly List<Task<bool>> running = [];
    int pending;

    /// <summary>How many have not answered yet.</summary>
    public int Pending => Volatile.Read(ref pending);

    /// <summary>Asks, and returns as soon as the size is known, or somebody answers who does not know it, or nobody answers.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        var options = RequestOptions.Hedged with { LeaveOut = IsAsked };
        pending = Math.Min(job.Options.Parallel, job.Director.Members.Length);
        for (var i = pending; i > 0; i--) running.Add(AskAsync(options));
        while (job.Agreement.Size is null && running.Where(task => !task.IsCompleted || task.Result).ToList() is { Count: > 0 } open)
            if (await (await Task.WhenAny(open).WaitAsync(cancel).ConfigureAwait(false)).ConfigureAwait(false)) return;
    }

    // Whether there was an answer that is worth anything.
    async Task<bool> AskAsync(RequestOptions options)
    {
        try
        {
            var met = await job.Director.SendAsync<MeetingRequest, Met>(new MeetingRequest(job, Asked), options, stop.Token).ConfigureAwait(false);
            if (Hearing.IsErrorPage(met.Facts, met.Mirror.Address)) return false;
            Hearing.Listen(job, met.Mirror, met.Facts);
            return true;
        }
        catch (Exception error) when (error is ServiceUnavailableException or FileException or OperationCanceledException)
        {
            // Whoever wants a piece of that mirror finds out again, and says so.
            return false;
        }
        finally
        {
            Interlocked.Decrement(ref pending);
            job.Wake.Up();
        }
    }

    void Asked(Endpoint endpoint)
    {
        lock (asked) asked.Add(endpoint.Address);
    }

    bool IsAsked(Endpoint endpoint)
    {
        lock (asked) return asked.Contains(endpoint.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(running.Cast<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }
}
