using System.Numerics;

namespace SmartClients.Simulation.Scoring;

/// <summary>Durations in bounded memory: a fixed number of buckets to each doubling from 1,024 ns to 73 minutes, so that a percentile is told
/// to within half a bucket, and an exact sum beside.</summary>
/// <param name="bits">The logarithm of the buckets to each doubling.</param>
internal sealed class Histogram(int bits)
{
    /// <summary>256 to each doubling: told to 0.2 %.</summary>
    public const int Fine = 8;

    /// <summary>32 to each doubling: told to 1.6 %.</summary>
    public const int Coarse = 5;

    const int Doublings = 32;

    readonly long[] counts = new long[Doublings << bits];

    public long Count { get; private set; }

    public double Sum { get; private set; }

    public double Mean => Count == 0 ? 0 : Sum / Count;

    public long Longest { get; private set; }

    public void Add(long nanoseconds)
    {
        counts[Index(nanoseconds)]++;
        Count++;
        Sum += nanoseconds;
        Longest = Math.Max(Longest, nanoseconds);
    }

    /// <summary>The duration that a share of all did not exceed, in nanoseconds.</summary>
    public double Percentile(double share)
    {
        if (Count == 0) return 0;
        var rank = Math.Max(1, (long)Math.Ceiling(share * Count));
        long below = 0;
        for (var i = 0; i < counts.Length; i++)
        {
            if (below + counts[i] >= rank) return Math.Min(Longest, Bound(i) + (Bound(i + 1) - Bound(i)) * ((rank - below - 0.5) / counts[i]));
            below += counts[i];
        }
        return Longest;
    }

    /// <summary>The share of durations in buckets above that of this one.</summary>
    public double ShareAbove(long nanoseconds)
    {
        long above = 0;
        for (var i = Index(nanoseconds) + 1; i < counts.Length; i++) above += counts[i];
        return Count == 0 ? 0 : (double)above / Count;
    }

    int Index(long nanoseconds)
    {
        var units = (ulong)Math.Max(nanoseconds, 1024);
        var doubling = BitOperations.Log2(units) - 10;
        return Math.Min((doubling << bits) + (int)((units >> (doubling + 10 - bits)) & ((1UL << bits) - 1)), counts.Length - 1);
    }

    double Bound(int index) => (double)((long)((1 << bits) + (index & ((1 << bits) - 1))) << ((index >> bits) + 10 - bits));
}
