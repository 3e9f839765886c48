using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>
/// A hash ring (Karger et al. 1997; Envoy's <c>ring_hash</c>, gRFC A42) on the request's key, with bounded load
/// (<see cref="LoadBound"/>): the same key goes to the same replica, a replica that leaves moves only its own keys, each to the next on
/// the ring, and so does one that is full. Weights count. Without a key it is the better of two by requests in flight.
/// </summary>
/// <remarks>A pick is a binary search in a ring that is made when others may be picked. A pick from a list of its own, as for a retry,
/// walks the same ring and looks each replica up in the list.</remarks>
public sealed class RingHash : Policy
{
    // 160 points bring each replica's part of the ring to within 8 % of its weight, mostly; bounded load sees to the rest.
    const int MostEach = 160;
    const int FewestEach = 16;
    const int Points = 1 << 17;

    sealed record Ring(int Version, Replica[] Replicas, ulong[] Places, int[] Owners, LoadBound Bound);

    Ring? ring;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (context.Candidates.Length == 1) return context.Candidates[0];
        if (context.Key is null) return context.BetterOfTwo(static (r, in c) => Costs.Outstanding(r, c));
        var key = KeyHash.Mix(KeyHash.Of(context.Key));
        if (Volatile.Read(ref ring) is { } known)
        {
            known.Bound.Look();
            var isOf = known.Version == context.Version;
            var place = Array.BinarySearch(known.Places, key);
            if (place < 0) place = ~place;
            for (var steps = known.Places.Length; steps > 0; steps--, place++)
            {
                if (place >= known.Places.Length) place = 0;
                var owner = known.Owners[place];
                if (known.Bound.Admits(owner) && (isOf || context.Candidates.Contains(known.Replicas[owner]))) return known.Replicas[owner];
            }
        }
        return KeyHash.Nearest(context.Candidates, key);
    }

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        var replicas = roster.Candidates.ToArray();
        var mean = replicas.Average(static r => r.Endpoint.Weight);
        var each = Math.Clamp(Points / replicas.Length, FewestEach, MostEach);
        var counts = Array.ConvertAll(replicas, r => Math.Clamp((int)Math.Round(each * r.Endpoint.Weight / mean), 1, each * FewestEach));
        var (places, owners, at) = (new ulong[counts.Sum()], new int[counts.Sum()], 0);
        for (var i = 0; i < replicas.Length; i++)
        {
            var place = KeyHash.Of(replicas[i].Endpoint.Address);
            for (var n = 0; n < counts[i]; n++) (places[at], owners[at++]) = (KeyHash.Mix(place += KeyHash.Step), i);
        }
        Array.Sort(places, owners);
        Volatile.Write(ref ring, new Ring(roster.Version, replicas, places, owners, new LoadBound(replicas)));
    }
}
