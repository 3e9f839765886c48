namespace SmartClients;

/// <summary>A <see cref="TimeProvider"/> read in nanoseconds, the unit of every instant and duration inside the core.</summary>
internal sealed class Clock(TimeProvider time)
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    readonly double nanosecondsPerTick = 1e9 / time.TimestampFrequency;
    readonly bool ticksAreNanoseconds = time.TimestampFrequency == Second;

    public TimeProvider Time => time;

    /// <summary>Nanoseconds since an arbitrary start; never goes back.</summary>
    public long Now
    {
        get
        {
            var ticks = time.GetTimestamp();
            return ticksAreNanoseconds ? ticks : (long)(ticks * nanosecondsPerTick);
        }
    }

    /// <summary>73 years: what stands for ever, and leaves room to add without overflow.</summary>
    const long Ever = long.MaxValue / 4;

    public static long Nanoseconds(TimeSpan span) =>
        span == Timeout.InfiniteTimeSpan || span.Ticks > Ever / 100 ? Ever : Math.Max(span.Ticks, -Ever / 100) * 100;

    /// <summary>How long to set a timer for: whole milliseconds, rounded up (the platform's timers cut the rest off, and would fire too
    /// early), at least one and at most twelve days, which is within what timers take.</summary>
    public static TimeSpan Wait(long nanoseconds) =>
        TimeSpan.FromMilliseconds(Math.Clamp((Math.Min(nanoseconds, Ever) + Millisecond - 1) / Millisecond, 1, int.MaxValue / 2));

    public static TimeSpan Span(double nanoseconds) => TimeSpan.FromTicks((long)(nanoseconds / 100));
}
