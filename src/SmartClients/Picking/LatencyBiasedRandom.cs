using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>
/// A random candidate, the likelier the faster it has answered: the paper's "bias future random choices based on how quickly
/// requests to a particular server are processed" (§3.1.1). Looks at every candidate.
/// </summary>
public sealed class LatencyBiasedRandom : Policy
{
    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        var total = 0.0;
        foreach (var replica in context.Candidates) total += 1 / Score(replica, context);
        var at = context.Random.NextDouble() * total;
        foreach (var replica in context.Candidates)
            if ((at -= 1 / Score(replica, context)) < 0) return replica;
        return context.Candidates[^1];
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return Math.Max(1, context.Latency(replica)) / replica.Endpoint.Weight;
    }
}
