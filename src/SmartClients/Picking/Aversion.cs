namespace SmartClients.Picking;

/// <summary>
/// How much a replica's own word is distrusted because it failed this client lately. One that fails at once has nothing in flight and a
/// low latency, says so truthfully, and would draw all requests: what it reports counts up to twenty-one times, by the share of failures.
/// </summary>
/// <remarks>The share is an average in which the newest outcome has a fifth, and which fades by half every three and a half seconds, so that
/// the replica is tried again. Share and time live in one word, as in <c>PeakEwma</c>.</remarks>
internal struct Aversion
{
    const double Newest = 0.2;
    const double Most = 20;
    const double Fade = 5 * Clock.Second;
    const int StampShift = 16;

    long word;

    /// <summary>What to multiply the replica's load by: 1 to 21.</summary>
    public readonly double Factor(long now) => Volatile.Read(in word) is not 0 and var held ? 1 + Most * Share(held, now) : 1;

    public void Observe(bool failed, long now)
    {
        while (true)
        {
            var before = Volatile.Read(ref word);
            if (before == 0 && !failed) return;
            var share = before == 0 ? 0 : Share(before, now);
            share += ((failed ? 1 : 0) - share) * Newest;
            if (Interlocked.CompareExchange(ref word, share < 1e-3 ? 0 : Pack(share, now), before) == before) return;
        }
    }

    static double Share(long held, long now)
    {
        var age = Math.Max(0, unchecked((int)((uint)(now >> StampShift) - (uint)held))) * (double)(1 << StampShift);
        return BitConverter.Int32BitsToSingle((int)(held >> 32)) * Math.Exp(-age / Fade);
    }

    static long Pack(double share, long now) => ((long)BitConverter.SingleToInt32Bits((float)share) << 32) | (uint)(now >> StampShift);
}
