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
            return Scorer.Score(world, contender.Name);
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
}
