namespace SmartClients.Cli.Demo;

/// <summary>The last 256 latencies of a replica, and how many there were. Safe for concurrent use.</summary>
internal sealed class RecentLatencies
{
    const int Kept = 256;

    readonly long[] ring = new long[Kept];
    long count;

    public long Count => Volatile.Read(ref count);

    public void Add(TimeSpan latency) => Volatile.Write(ref ring[(Interlocked.Increment(ref count) - 1) % Kept], latency.Ticks);

    public (double? P50Ms, double? P99Ms) Quantiles()
    {
        var known = (int)Math.Min(Count, Kept);
        if (known == 0) return (null, null);
        var sorted = ring[..known];
        Array.Sort(sorted);
        return (Ms(sorted[known / 2]), Ms(sorted[Math.Min(known - 1, known * 99 / 100)]));
    }

    static double Ms(long ticks) => TimeSpan.FromTicks(ticks).TotalMilliseconds;
}
