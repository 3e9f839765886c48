using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>
/// Rendezvous hashing (Thaler and Ravishankar) on the request's key, with bounded load (Mirrokni et al.): the same key goes to the
/// same replica, a replica that leaves moves only its own keys, and nobody has more than 1.25 times the mean in flight. Weights
/// count. Without a key it is the better of two by requests in flight. Looks at every candidate.
/// </summary>
public sealed class Rendezvous : Policy
{
    const double Bound = 1.25;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (context.Candidates.Length == 1) return context.Candidates[0];
        if (context.Key is null) return context.BetterOfTwo(static (r, in c) => Costs.Outstanding(r, c));
        double inFlight = 1, weights = 0;
        foreach (var replica in context.Candidates)
        {
            inFlight += replica.Vitals.InFlight;
            weights += replica.Endpoint.Weight;
        }
        var key = KeyHash.Of(context.Key);
        Replica? best = null;
        var least = double.PositiveInfinity;
        foreach (var replica in context.Candidates)
        {
            if (replica.Vitals.InFlight + 1 > Math.Ceiling(Bound * inFlight * replica.Endpoint.Weight / weights)) continue;
            var score = KeyHash.Distance(key, replica);
            if (score >= least) continue;
            (best, least) = (replica, score);
        }
        return best ?? context.Candidates[0];
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return context.Key is { } key ? KeyHash.Distance(KeyHash.Of(key), replica) : double.NaN;
    }
}
