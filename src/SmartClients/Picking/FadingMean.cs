namespace SmartClients.Picking;

/// <summary>A mean of the samples of the last seconds: each weighs less with its age. Written by many threads without a lock: a sample that two of them
/// lose between them is one of many.</summary>
internal struct FadingMean
{
    /// <summary>After this time a sample's weight has fallen to about 1/e: long enough for a client to find its place among the others,
    /// short enough to leave a replica that has become slow.</summary>
    const double Memory = 2 * Clock.Second;

    double mean;
    double weight;
    long at;

    /// <summary>The mean; 0 before the first sample.</summary>
    public readonly double Value => Volatile.Read(in mean);

    /// <summary>Whether there was no sample at all.</summary>
    public readonly bool IsEmpty => Volatile.Read(in weight) == 0;

    /// <summary>How many samples of now it is worth.</summary>
    /// <param name="now">Nanoseconds.</param>
    /// <param name="longer">So many times as long as usual it is remembered.</param>
    public readonly double Worth(long now, int longer = 1) => Volatile.Read(in weight) * Left((now - Volatile.Read(in at)) / longer);

    /// <summary>One more sample.</summary>
    /// <returns>How many it is worth with this one.</returns>
    public double Add(double sample, long now)
    {
        var worth = Worth(now) + 1;
        Volatile.Write(ref mean, Value + (sample - Value) / worth);
        Volatile.Write(ref weight, worth);
        Volatile.Write(ref at, now);
        return worth;
    }

    /// <summary>What is left of the weight of something so old, in nanoseconds.</summary>
    public static double Left(long age) => Left(age, Memory);

    /// <inheritdoc cref="Left(long)"/>
    /// <param name="age">Nanoseconds.</param>
    /// <param name="memory">After this time 1/e is left, in nanoseconds.</param>
    // Near e^-x, and the same to the last bit on every machine, which the exponential of a machine's library is not.
    public static double Left(double age, double memory)
    {
        var x = Math.Max(0, age) / memory;
        return 1 / (1 + x * (1 + x * (0.5 + x * (1.0 / 6 + x * (1.0 / 24)))));
    }
}
