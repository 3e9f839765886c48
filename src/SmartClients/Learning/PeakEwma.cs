namespace SmartClients.Learning;

/// <summary>
/// A latency average that jumps to a peak at once and comes down by exponential decay: the estimator of Finagle's
/// <c>PeakEwma</c>, with two differences. Reading it changes nothing, and what is old decays towards what is typical of the
/// group, not towards zero, so that a replica nobody asked for a while looks ordinary rather than free.
/// </summary>
/// <remarks>
/// Value and time live in one 64-bit word, so that writers need one compare-and-swap and readers never see half a write: the
/// upper half is the average in nanoseconds as a 32-bit float, the lower half the time of the last sample in units of 65.5 µs
/// (it wraps after 78 hours). Zero means that nothing was ever measured.
/// </remarks>
internal static class PeakEwma
{
    const int StampShift = 16;

    // 68 s. No sample is older than 78 hours by that little: a time so far ahead is one that another thread wrote after this one
    // looked at the clock.
    const uint MostAhead = 1 << 20;

    /// <summary>The word after one more sample.</summary>
    /// <param name="word">The word before.</param>
    /// <param name="sample">Nanoseconds.</param>
    /// <param name="now">Nanoseconds of the director's clock.</param>
    /// <param name="decay">Nanoseconds after which a sample's weight has fallen to 1/e.</param>
    public static long Add(long word, double sample, long now, double decay)
    {
        var value = Value(word);
        if (word == 0 || sample >= value) return Pack(sample, now);
        var age = Age(word, now);
        // Samples within one unit of the stamp would get no weight and only push it forward: let them pass.
        if (age == 0) return word;
        var x = age / decay;
        // For samples that follow each other closely the series' first terms are exact to the last bit that the word keeps.
        var weight = x < 1.0 / 256 ? 1 - x * (1 - x * 0.5) : Math.Exp(-x);
        return Pack(sample + (value - sample) * weight, now);
    }

    /// <summary>What is believed now, in nanoseconds: the average, drawn towards <paramref name="typical"/> by its age.</summary>
    public static double Read(long word, long now, double decay, double typical)
    {
        if (word == 0) return typical;
        var x = Age(word, now) / decay;
        var value = Value(word);
        // Below 1/64 of the decay time the correction is under 2 %: not worth its nanoseconds on the way of every pick.
        return x < 1.0 / 64 ? value : typical + (value - typical) * FastDecay(x);
    }

    /// <summary>Nanoseconds since the last sample; none when the sample is newer than <paramref name="now"/>.</summary>
    public static double Age(long word, long now)
    {
        var units = unchecked((uint)(now >> StampShift) - (uint)word);
        return units > uint.MaxValue - MostAhead ? 0 : (double)units * (1 << StampShift);
    }

    static float Value(long word) => BitConverter.Int32BitsToSingle((int)(word >> 32));

    static long Pack(double value, long now) =>
        ((long)BitConverter.SingleToInt32Bits((float)Math.Max(value, 1)) << 32) | (uint)(now >> StampShift);

    // e^-x as 1 / (1 + x/8)^8 squared away: within 6 % for x below 1 and monotonic everywhere, which is all a comparison needs.
    static double FastDecay(double x)
    {
        var y = 1 + x * 0.125;
        y *= y;
        y *= y;
        return 1 / (y * y);
    }
}
