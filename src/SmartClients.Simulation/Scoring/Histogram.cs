using System.Numerics;

namespace SmartClients.Simulation.Scoring;

/// <summary>Durations in bounded memory: 256 buckets to each doubling of 1,024 ns, so that a percentile is told to 0.2 % (half a bucket), and exact
/// sums beside.</summary>
internal sealed class Histogram
{
    const int Bits = 8;
    const int PerDoubling = 1 << Bits;
    const int Doublings = 32;

    readonly long[] counts = new long[Doublings * PerDoubling];

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

    static int Index(long nanoseconds)
    {
        var units = (ulong)Math.Max(nanoseconds, 1024);
        var doubling = BitOperations.Log2(units) - 10;
        return Math.Min(doubling * PerDoubling + (int)((units >> (doubling + 10 - Bits)) & (PerDoubling - 1)), Doublings * PerDoubling - 1);
    }

    static double Bound(int index) => (double)((long)(PerDoubling + index % PerDoubling) << (index / PerDoubling + 10 - Bits));
}
