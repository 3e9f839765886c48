using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;

namespace SmartClients.Sending;

/// <summary>Asks replicas for their load when a policy wants to know, within a budget; one question to a replica at a time.</summary>
/// <param name="service">For metrics.</param>
/// <param name="options">How much, and how long.</param>
/// <param name="clock">The director's clock.</param>
/// <param name="random">Spreads what is asked again after a failure.</param>
/// <param name="ask">The protocol's way to ask.</param>
/// <param name="told">Takes the answers.</param>
internal sealed class Probing(
    string? service, ProbeOptions options, Clock clock, Random random, Func<Endpoint, CancellationToken, ValueTask<LoadReport?>> ask,
    Action<Replica, LoadReport> told) : IDisposable
{
    const long FirstBackoff = 100 * Clock.Millisecond;

    readonly Budget budget = new(options.PerRequest, options.PerSecond);
    readonly CancellationTokenSource stop = new();
    readonly long longestBackoff = Clock.Nanoseconds(options.MaxBackoff);
    int inFlight;

    /// <summary>Asks, for one request.</summary>
    /// <param name="whom">Those whose answer is still awaited, or who gave none lately, are passed over.</param>
    /// <param name="await">How many answers to wait for.</param>
    /// <param name="now">Nanoseconds.</param>
    /// <returns>Completes when they are there, or patience is over; <see langword="null"/> when there is nothing to wait for.</returns>
    public Task? Ask(ReadOnlySpan<Replica> whom, int await, long now)
    {
        budget.Deposit(now);
        var wait = await > 0 ? new ProbeWait(await, clock, options.Patience) : null;
        var begun = 0;
        foreach (var replica in whom)
        {
            if (!TryBegin(replica, now)) continue;
            begun++;
            _ = Apart.Begin(() => AskAsync(replica, wait));
        }
        return wait?.For(begun);
    }

    bool TryBegin(Replica replica, long now)
    {
        if (now < Volatile.Read(ref replica.NoProbeUntil) || Volatile.Read(ref inFlight) >= options.InFlight || stop.IsCancellationRequested) return false;
        if (Interlocked.Exchange(ref replica.Probing, 1) != 0) return false;
        if (!budget.TrySpend(now))
        {
            Volatile.Write(ref replica.Probing, 0);
            Telemetry.Refused(service, "probe");
            return false;
        }
        Interlocked.Increment(ref inFlight);
        return true;
    }

    async Task AskAsync(Replica replica, ProbeWait? wait)
    {
        LoadReport? report = null;
        using var given = CancellationTokenSource.CreateLinkedTokenSource(stop.Token);
        try
        {
            var answer = ask(replica.Endpoint, given.Token);
            report = answer.IsCompletedSuccessfully ? answer.Result
                : await answer.AsTask().WaitAsync(options.Timeout, clock.Time, stop.Token).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Whether the replica lives is for requests and keep-alives to find out. Whoever still works on an answer may stop.
            given.Cancel();
        }
        Interlocked.Decrement(ref inFlight);
        if (report is { HasFigures: true })
        {
            Volatile.Write(ref replica.ProbesLost, 0);
            told(replica, report);
        }
        else
        {
            var pause = Math.Min(FirstBackoff << Math.Min(replica.ProbesLost++, 20), longestBackoff);
            Volatile.Write(ref replica.NoProbeUntil, clock.Now + (long)(pause * (0.75 + 0.5 * random.NextDouble())));
        }
        Volatile.Write(ref replica.Probing, 0);
        wait?.Arrived();
    }

    public void Dispose() => stop.Cancel();
}
