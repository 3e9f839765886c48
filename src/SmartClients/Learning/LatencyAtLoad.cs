namespace SmartClients.Learning;

/// <summary>
/// A server's own estimate of how long a request takes now, as Prequal's servers make it (NSDI 2024, §4): the median of the latest that
/// came while about as many were in flight as now. Safe for concurrent use.
/// </summary>
/// <remarks>
/// Each number in flight has a memory of its own: were there one for all, a server that has become idle would go on telling what it took
/// when it was full, be left alone for it, and never learn better. Requests that failed or were cancelled count too, where they raise the
/// estimate: a slow server that finishes nothing but trifles is not fast, and neither is one that fails at once. What is older than ten
/// seconds is forgotten.
/// </remarks>
/// <param name="time">The clock.</param>
public sealed class LatencyAtLoad(TimeProvider time)
{
    const int Enough = 16;
    const int Exact = 32;
    const int PerDoubling = 4;
    const int Levels = Exact + 11 * PerDoubling;

    static readonly TimeSpan Oldest = TimeSpan.FromSeconds(10);

    sealed class Level
    {
        public readonly float[] Milliseconds = new float[Enough];
        public readonly long[] At = new long[Enough];
        public int Count;
    }

    readonly Level?[] levels = new Level?[Levels];

    /// <summary>A request has ended.</summary>
    /// <param name="inFlight">How many others were in flight when it came.</param>
    /// <param name="took">How long it took, or until it was given up.</param>
    /// <param name="well">Whether it was carried out. What was not counts only where it took longer than is believed.</param>
    public void Add(int inFlight, TimeSpan took, bool well = true)
    {
        if (!well && took.TotalMilliseconds <= Estimate(inFlight)) return;
        var index = Index(inFlight);
        if (Volatile.Read(ref levels[index]) is not { } level)
        {
            var made = new Level();
            level = Interlocked.CompareExchange(ref levels[index], made, null) ?? made;
        }
        var slot = (Interlocked.Increment(ref level.Count) - 1) & (Enough - 1);
        Volatile.Write(ref level.Milliseconds[slot], (float)took.TotalMilliseconds);
        Volatile.Write(ref level.At[slot], Math.Max(1, time.GetTimestamp()));
    }

    /// <summary>How long the next request would take, in milliseconds.</summary>
    /// <param name="inFlight">How many are in flight now.</param>
    /// <returns><see langword="null"/> when nothing is known.</returns>
    public double? Estimate(int inFlight)
    {
        Span<float> found = stackalloc float[3 * Enough];
        var since = time.GetTimestamp() - (long)(Oldest.TotalSeconds * time.TimestampFrequency);
        var (index, n) = (Index(inFlight), 0);
        for (var away = 0; away < Levels && n < Enough; away++)
        {
            n = Take(index - away, since, found, n);
            if (away > 0) n = Take(index + away, since, found, n);
        }
        if (n == 0) return null;
        found[..n].Sort();
        return (found[(n - 1) / 2] + found[n / 2]) / 2;
    }

    int Take(int index, long since, Span<float> into, int n)
    {
        if (index is < 0 or >= Levels || Volatile.Read(ref levels[index]) is not { } level) return n;
        for (var i = 0; i < Enough; i++)
            if (Volatile.Read(ref level.At[i]) is > 0 and var at && at >= since) into[n++] = Volatile.Read(ref level.Milliseconds[i]);
        return n;
    }

    // Each number up to 31 by itself, from there four to each doubling, all beyond 65,535 together.
    static int Index(int inFlight)
    {
        if (inFlight < Exact) return Math.Max(0, inFlight);
        var doubling = System.Numerics.BitOperations.Log2((uint)inFlight);
        return Math.Min(Exact + (doubling - 5) * PerDoubling + ((inFlight >> (doubling - 2)) & 3), Levels - 1);
    }
}
