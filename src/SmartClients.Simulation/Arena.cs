using SmartClients.Picking;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Simulation;

/// <summary>Where policies meet scenarios. Every contender meets the same requests, the same work and the same mishaps: what differs
/// between two scores of one seed is the policy's doing.</summary>
public static class Arena
{
    /// <summary>Runs a scenario with one contender, on the calling thread.</summary>
    /// <param name="scenario">The day.</param>
    /// <param name="contender">Who picks.</param>
    /// <param name="seed">Of all chance. The same seed gives the same score.</param>
    /// <param name="progress">Told now and then how many requests have ended.</param>
    /// <param name="cancel">Ends the run early, with an <see cref="OperationCanceledException"/>.</param>
    public static Score Run(Scenario scenario, Contender contender, long seed, IProgress<long>? progress = null, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(contender);
        // A caller's context would have continuations posted to other threads.
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            var world = new World(scenario, contender, seed);
            world.Run(progress, cancel);
            return Scored(world, contender.Name);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>Runs a scenario with a policy of one's own, made anew for each client.</summary>
    /// <inheritdoc cref="Run(Scenario, Contender, long, IProgress{long}?, CancellationToken)"/>
    public static Score Run(Scenario scenario, Func<Policy> policy, long seed, CancellationToken cancel = default) =>
        Run(scenario, Contender.Of("given", policy), seed, null, cancel);

    static Score Scored(World world, string name)
    {
        var tally = world.Tally;
        var total = (double)Math.Max(1, tally.Attempts.Sum());
        var capacity = world.Scenario.Capacity;
        return new Score
        {
            Policy = name,
            Requests = tally.Requests,
            Errors = tally.Errors,
            Retries = tally.Retries,
            Hedges = tally.Hedges,
            MeanMs = tally.Latency.Mean / 1e6,
            P50Ms = tally.Latency.Percentile(0.5) / 1e6,
            P90Ms = tally.Latency.Percentile(0.9) / 1e6,
            P99Ms = tally.Latency.Percentile(0.99) / 1e6,
            P999Ms = tally.Latency.Percentile(0.999) / 1e6,
            Imbalance = world.Servers.Max(s => tally.Attempts[s.Index] / total * capacity / (s.Cores * s.NominalSpeed)),
            Shares = [.. tally.Attempts.Select(n => n / total)],
            Happenings = world.Time.Happened,
        };
    }
}
