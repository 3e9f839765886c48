namespace SmartClients.Picking;

/// <summary>The latest few answers to probes. Written and read by many threads without a lock.</summary>
internal sealed class LatestAnswers
{
    const int Places = 16;

    readonly PooledProbe?[] places = new PooledProbe?[Places];
    int next = -1;
    long latest = long.MinValue / 2;

    /// <summary>All of them, in no order.</summary>
    public ReadOnlySpan<PooledProbe?> All => places;

    /// <summary>Nanoseconds since the last one came.</summary>
    public long Age(long now) => now - Volatile.Read(ref latest);

    public void Add(PooledProbe answer)
    {
        Volatile.Write(ref places[Interlocked.Increment(ref next) & (Places - 1)], answer);
        Volatile.Write(ref latest, answer.ReceivedAt);
    }
}
