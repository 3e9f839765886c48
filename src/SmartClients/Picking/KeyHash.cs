using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>Hashes that are the same on every machine and in every process, which <see cref="string.GetHashCode()"/> is not.</summary>
internal static class KeyHash
{
    /// <summary>The step between numbers that are to be mixed to unrelated ones: 2^64 over the golden ratio.</summary>
    public const ulong Step = 0x9E3779B97F4A7C15UL;

    /// <summary>FNV-1a. Similar texts have similar hashes: mix them.</summary>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in text) hash = (hash ^ c) * 1099511628211UL;
        return hash;
    }

    /// <summary>The finishing step of SplitMix64: every bit depends on every bit.</summary>
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }

    /// <summary>A number even in (0, 1) for each pair of hashes.</summary>
    public static double Even(ulong key, ulong address) => ((Mix(key ^ address) >> 11) + 0.5) * (1.0 / (1UL << 53));

    /// <summary>-ln(u) / weight for u even in (0, 1): the least of such numbers falls on each replica in proportion to its weight.</summary>
    public static double Distance(double even, double weight) => -Math.Log(even) / weight;

    /// <inheritdoc cref="Distance(double, double)"/>
    public static double Distance(ulong key, Replica replica) => Distance(Even(key, Of(replica.Endpoint.Address)), replica.Endpoint.Weight);

    /// <summary>The candidate nearest to a key. Looks at all of them.</summary>
    public static Replica Nearest(ReadOnlySpan<Replica> candidates, ulong key)
    {
        var (best, least) = (candidates[0], double.PositiveInfinity);
        foreach (var replica in candidates)
            if (Distance(key, replica) is var its && its < least) (best, least) = (replica, its);
        return best;
    }
}
