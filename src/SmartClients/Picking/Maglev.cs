using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>
/// Maglev hashing (Eisenbud et al., NSDI 2016, §3.4) on the request's key, with bounded load (<see cref="LoadBound"/>): a table in
/// which every replica has a part as large as its weight says, to a slot, and which changes little when replicas come and go. A key
/// whose replica is full goes to one that another hash of it leads to. Without a key it is the better of two by requests in flight.
/// </summary>
/// <remarks>A pick is one look into the table, which is made when others may be picked. A pick from a list of its own, as for a retry,
/// goes through further hashes until one leads into the list.</remarks>
public sealed class Maglev : Policy
{
    // Primes: every step leads through the whole table. A hundred slots a replica keep the parts within 1 %.
    const int Slots = 65_537;
    const int ManySlots = 655_373;
    const int MostTries = 64;

    sealed record Table(int Version, Replica[] Replicas, int[] Owners, LoadBound Bound);

    Table? table;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (context.Candidates.Length == 1) return context.Candidates[0];
        if (context.Key is null) return context.BetterOfTwo(static (r, in c) => Costs.Outstanding(r, c));
        var key = KeyHash.Mix(KeyHash.Of(context.Key));
        if (Volatile.Read(ref table) is { } known)
        {
            known.Bound.Look();
            var owner = 0;
            for (var (tries, hash) = (0, key); tries < MostTries; tries++, hash = KeyHash.Mix(hash + KeyHash.Step))
                if (May(owner = known.Owners[hash % (uint)known.Owners.Length], context)) return known.Replicas[owner];
            // Hardly anybody is left: one after the other.
            for (var i = 1; i <= known.Replicas.Length; i++)
                if (May((owner + i) % known.Replicas.Length, context)) return known.Replicas[(owner + i) % known.Replicas.Length];

            bool May(int index, in PickContext context) =>
                known.Bound.Admits(index) && (known.Version == context.Version || context.Candidates.Contains(known.Replicas[index]));
        }
        return KeyHash.Nearest(context.Candidates, key);
    }

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        // In an order of their own: clients that were told the same set in another order have the same table.
        var replicas = roster.Candidates.ToArray();
        Array.Sort(Array.ConvertAll(replicas, static r => KeyHash.Mix(KeyHash.Of(r.Endpoint.Address))), replicas);
        Volatile.Write(ref table, new Table(roster.Version, replicas, Fill(replicas), new LoadBound(replicas)));
    }

    // Replicas take turns; each takes its next free slot, going through all slots in an order of its own. A lighter one sits turns out.
    static int[] Fill(Replica[] replicas)
    {
        var owners = new int[replicas.Length * 100 <= Slots ? Slots : ManySlots];
        Array.Fill(owners, -1);
        var size = (uint)owners.Length;
        var heaviest = replicas.Max(static r => r.Endpoint.Weight);
        var weights = Array.ConvertAll(replicas, r => r.Endpoint.Weight / heaviest);
        var hashes = Array.ConvertAll(replicas, static r => KeyHash.Mix(KeyHash.Of(r.Endpoint.Address)));
        var places = Array.ConvertAll(hashes, hash => (uint)(hash % size));
        var steps = Array.ConvertAll(hashes, hash => (uint)(KeyHash.Mix(hash) % (size - 1)) + 1);
        var taken = new int[replicas.Length];
        var free = owners.Length;
        for (var turn = 1; ; turn++)
            for (var i = 0; i < replicas.Length; i++)
            {
                if (turn * weights[i] < taken[i]) continue;
                while (owners[places[i]] >= 0) places[i] = (places[i] + steps[i]) % size;
                owners[places[i]] = i;
                taken[i]++;
                if (--free == 0) return owners;
            }
    }
}
