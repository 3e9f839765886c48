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

    readonly record struct Member(ulong Hash, double Weight);

    sealed record Table(int Version, Member[] Members, double Heaviest);

    Table table = new(-1, [], 0);

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (context.Candidates.Length == 1) return context.Candidates[0];
        if (context.Key is null) return context.BetterOfTwo(static (r, in c) => Costs.Outstanding(r, c));
        var key = KeyHash.Of(context.Key);
        var its = Volatile.Read(ref table);
        var nearest = its.Version == context.Version ? Nearest(its, context, key) : KeyHash.Nearest(context.Candidates, key);
        // Nobody's bound is below one request.
        return nearest.Vitals.InFlight == 0 ? nearest : NearestWithRoom(context, key);
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return context.Key is { } key ? KeyHash.Distance(KeyHash.Of(key), replica) : double.NaN;
    }

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        var members = new Member[roster.Candidates.Length];
        for (var i = 0; i < members.Length; i++) members[i] = new(KeyHash.Of(roster.Candidates[i].Endpoint.Address), roster.Candidates[i].Weight);
        Volatile.Write(ref table, new Table(roster.Version, members, members.Max(static m => m.Weight)));
    }

    static Replica Nearest(Table table, in PickContext context, ulong key)
    {
        var (best, least, floor) = (0, double.PositiveInfinity, 0.0);
        for (var i = 0; i < table.Members.Length; i++)
        {
            var its = table.Members[i];
            var even = KeyHash.Even(key, its.Hash);
            // Not even the heaviest would be nearer with this: nearly all are passed over without a logarithm.
            if (even < floor || KeyHash.Distance(even, its.Weight) is var distance && distance >= least) continue;
            (best, least, floor) = (i, distance, Math.Exp(-distance * table.Heaviest));
        }
        return context.Candidates[best];
    }

    static Replica NearestWithRoom(in PickContext context, ulong key)
    {
        double inFlight = 1, weights = 0;
        foreach (var replica in context.Candidates)
        {
            inFlight += replica.Vitals.InFlight;
            weights += replica.Weight;
        }
        var (best, least) = (context.Candidates[0], double.PositiveInfinity);
        foreach (var replica in context.Candidates)
        {
            if (replica.Vitals.InFlight + 1 > Math.Ceiling(Bound * inFlight * replica.Weight / weights)) continue;
            if (KeyHash.Distance(key, replica) is var its && its < least) (best, least) = (replica, its);
        }
        return best;
    }
}
