using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>
/// Bounded load (Mirrokni, Thorup, Zadimoghaddam, "Consistent Hashing with Bounded Loads", SODA 2018): nobody gets a request that would
/// bring it above 1.25 times its fair part, by weight, of all that this client has in flight.
/// </summary>
/// <remarks>The sum over all is kept up by looking at sixteen replicas a pick, in turn: exact for up to sixteen, and a few picks old for
/// more, at the same cost for any number.</remarks>
internal sealed class LoadBound
{
    const double Bound = 1.25;
    const int Each = 16;

    readonly Replica[] replicas;
    readonly double[] weights;
    readonly double allWeights;
    readonly int[] seen;
    long total;
    int next;

    public LoadBound(ReadOnlySpan<Replica> replicas)
    {
        this.replicas = replicas.ToArray();
        weights = Array.ConvertAll(this.replicas, static r => r.Endpoint.Weight);
        allWeights = weights.Sum();
        seen = new int[weights.Length];
        for (var i = 0; i < seen.Length; i++) Look(i);
    }

    /// <summary>Brings the sum up to date, or a part of it.</summary>
    public void Look()
    {
        var count = Math.Min(Each, seen.Length);
        var from = Volatile.Read(ref next);
        for (var i = 0; i < count; i++) Look((from + i) % seen.Length);
        // Two threads that look at the same ones lose nothing but their turn.
        Volatile.Write(ref next, (from + count) % seen.Length);
    }

    /// <summary>Whether this one may take one more.</summary>
    public bool Admits(int index)
    {
        Look(index);
        return replicas[index].Vitals.InFlight + 1 <= Math.Ceiling(Bound * (Volatile.Read(ref total) + 1) * weights[index] / allWeights);
    }

    // Each change is added once, whoever sees it: the sum of what was seen cannot drift.
    void Look(int index)
    {
        var now = replicas[index].Vitals.InFlight;
        if (Volatile.Read(ref seen[index]) == now) return;
        Interlocked.Add(ref total, now - Interlocked.Exchange(ref seen[index], now));
    }
}
