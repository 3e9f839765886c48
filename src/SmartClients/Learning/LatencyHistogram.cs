using System.Numerics;

namespace SmartClients.Learning;

/// <summary>
/// How long answers take, over the whole group: eight buckets to each doubling, from 1 µs to 4 minutes (told to an eighth),
/// halved every 2,048 samples so that old days fade, and sooner at first: a client's first answers come while connections are made
/// and code is compiled, and would be its 99th percentile for its first thousands of requests. Gives the hedging delay and what is "typical".
/// </summary>
internal sealed class LatencyHistogram(double percentile)
{
    const int PerDoubling = 8;
    const int HalveAtFirst = 128;
    const int HalveAtLast = 2048;
    const int RefreshEvery = 32;

    readonly int[] counts = new int[28 * PerDoubling];
    int samples;
    int halveAt = HalveAtFirst;
    long median;
    long high;

    /// <summary>Answers counted since the start or the last halving.</summary>
    public int Samples => Volatile.Read(ref samples);

    /// <summary>The median in nanoseconds, an eighth too low at most and never too high: what is assumed of a replica that nobody
    /// measured, which must not lose every comparison with those that are measured exactly. 0 before any sample.</summary>
    public long Median => Volatile.Read(ref median);

    /// <summary>The chosen percentile in nanoseconds, an eighth too high at most and never too low. 0 before any sample.</summary>
    public long High => Volatile.Read(ref high);

    /// <summary>Begins with another's answers.</summary>
    public void Inherit(LatencyHistogram before)
    {
        before.counts.CopyTo(counts, 0);
        (samples, halveAt) = (before.samples, before.halveAt);
        // Its percentile may be another.
        Refresh(halve: false);
    }

    public void Add(long nanoseconds)
    {
        // Not interlocked: a count that two threads lose between them moves no percentile.
        counts[Index(nanoseconds)]++;
        var n = ++samples;
        if (n <= RefreshEvery || n % RefreshEvery == 0) Refresh(halve: n >= halveAt);
    }

    void Refresh(bool halve)
    {
        if (halve)
        {
            var left = 0;
            for (var i = 0; i < counts.Length; i++) left += counts[i] >>= 1;
            Volatile.Write(ref samples, left);
            halveAt = Math.Min(2 * halveAt, HalveAtLast);
        }
        long total = 0;
        foreach (var count in counts) total += count;
        if (total == 0) return;
        long below = 0;
        var next = 0;
        Volatile.Write(ref median, Bound(Reach(Rank(0.5, total), ref next, ref below)));
        // The high one is beyond the median, and is looked for from there; below it, from the start.
        if (percentile < 0.5) (next, below) = (0, 0);
        Volatile.Write(ref high, Bound(Reach(Rank(percentile, total), ref next, ref below) + 1));
    }

    static long Rank(double share, long total) => Math.Max(1, (long)Math.Ceiling(share * total));

    // The bucket that holds the sample of this rank. Counts that change meanwhile may lead past the end: the last bucket, then.
    int Reach(long rank, ref int next, ref long below)
    {
        while (next < counts.Length - 1 && below + counts[next] < rank) below += counts[next++];
        return next;
    }

    int Index(long nanoseconds)
    {
        var units = (ulong)Math.Max(nanoseconds, 1024) >> 10;
        var doubling = BitOperations.Log2(units);
        var fraction = (int)(((ulong)Math.Max(nanoseconds, 1024) >> (doubling + 10 - 3)) & 7);
        return Math.Min(doubling * PerDoubling + fraction, counts.Length - 1);
    }

    static long Bound(int index) => (long)(PerDoubling + index % PerDoubling) << (index / PerDoubling + 10 - 3);
}
