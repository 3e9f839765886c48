using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>A random candidate, as often as its weight says. Drawn by rejection: no table to keep, the same cost at any size.</summary>
public sealed class WeightedRandom : Policy
{
    const int MostDraws = 64;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        Replica drawn;
        var left = MostDraws;
        do drawn = context.Candidates[context.Random.Next(context.Candidates.Length)];
        while (--left > 0 && context.Random.NextDouble() * context.MaxWeight >= drawn.Endpoint.Weight);
        return left > 0 ? drawn : Scan(context);
    }

    // One weight towers over the rest and is rare: add the weights up.
    static Replica Scan(in PickContext context)
    {
        var total = 0.0;
        foreach (var replica in context.Candidates) total += replica.Endpoint.Weight;
        var at = context.Random.NextDouble() * total;
        foreach (var replica in context.Candidates)
            if ((at -= replica.Endpoint.Weight) < 0) return replica;
        return context.Candidates[^1];
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return 1 / replica.Endpoint.Weight;
    }
}
