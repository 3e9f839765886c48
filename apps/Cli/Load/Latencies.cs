using System.Numerics;

namespace SmartClients.Cli.Load;

/// <summary>A histogram of latencies: 64 buckets to each doubling (1.6 % error at most), and the longest exactly. Safe for concurrent use.</summary>
internal sealed class Latencies
{
    const int PerDoubling = 64;
    const int FirstDoubling = 6;

    readonly long[] counts = new long[PerDoubling * (64 - FirstDoubling)];
    long count;
    long longest;

    public long Count => Volatile.Read(ref count);

    public double LongestMs => Volatile.Read(ref longest) / 1e3;

    public void Add(TimeSpan latency)
    {
        var microseconds = Math.Max(0, latency.Ticks / TimeSpan.TicksPerMicrosecond);
        Interlocked.Increment(ref counts[Index(microseconds)]);
        Interlocked.Increment(ref count);
        var seen = Volatile.Read(ref longest);
        while (microseconds > seen)
        {
            var was = Interlocked.CompareExchange(ref longest, microseconds, seen);
            if (was == seen) break;
            seen = was;
        }
    }

    /// <summary>The latency in milliseconds that a share of the requests stayed within; <see langword="null"/> when there was none.</summary>
    public double? QuantileMs(double share)
    {
        var left = (long)Math.Ceiling(share * Count);
        if (left == 0) return null;
        for (var i = 0; i < counts.Length; i++)
            if ((left -= Volatile.Read(ref counts[i])) <= 0) return Math.Min(Upper(i) / 1e3, LongestMs);
        return LongestMs;
    }

    static int Index(long microseconds)
    {
        if (microseconds < PerDoubling) return (int)microseconds;
        var doubling = BitOperations.Log2((ulong)microseconds);
        return (doubling - FirstDoubling + 1) * PerDoubling + (int)((microseconds >> (doubling - FirstDoubling)) & (PerDoubling - 1));
    }

    static double Upper(int index)
    {
        if (index < PerDoubling) return index;
        var shift = index / PerDoubling - 1;
        return ((long)(PerDoubling + index % PerDoubling) << shift) + (1L << shift) - 1;
    }
}
