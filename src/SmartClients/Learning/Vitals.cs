namespace SmartClients.Learning;

/// <summary>
/// What was learnt of one replica: requests in flight, latency, successes and failures, the last load report. Safe to read and
/// write from any thread, without a lock. It lives in the replica and outlives every change of the group.
/// </summary>
public struct Vitals
{
    int inFlight;
    int failuresInARow;
    long latency;
    long answeredAt;
    long requests;
    long failures;
    long assumedFrom;
    Evidence? evidence;
    CountWindow window;

    /// <summary>Requests sent to the replica and not ended, up to the last byte of each reply.</summary>
    public readonly int InFlight => Volatile.Read(in inFlight);

    /// <summary>Failures since the last success.</summary>
    public readonly int FailuresInARow => Volatile.Read(in failuresInARow);

    /// <summary>Attempts that ended, ever.</summary>
    public readonly long Requests => Volatile.Read(in requests);

    /// <summary>Attempts that failed, ever.</summary>
    public readonly long Failures => Volatile.Read(in failures);

    /// <summary>The last load report; <see langword="null"/> when the replica never sent one.</summary>
    public readonly Evidence? Evidence => Volatile.Read(in evidence);

    /// <summary>Whether any latency was ever measured.</summary>
    public readonly bool HasLatency => Volatile.Read(in latency) != 0;

    /// <summary>The latency to expect, in nanoseconds: a peak-sensitive average that decays towards <paramref name="typical"/>.</summary>
    /// <param name="now">Nanoseconds of the director's clock.</param>
    /// <param name="decay">Nanoseconds after which a sample's weight has fallen to 1/e.</param>
    /// <param name="typical">What to assume where nothing was measured, in nanoseconds.</param>
    public readonly double Latency(long now, double decay, double typical) =>
        PeakEwma.Read(Volatile.Read(in latency), now, decay, typical);

    /// <summary>Nanoseconds since the last latency sample, an earlier process's where this one has none; <see cref="double.PositiveInfinity"/>
    /// when there is none at all.</summary>
    public readonly double LatencyAge(long now)
    {
        var word = Volatile.Read(in latency);
        if (word == 0) return double.PositiveInfinity;
        return Requests == 0 && Volatile.Read(in assumedFrom) is not 0 and var from ? now - from : PeakEwma.Age(word, now);
    }

    /// <summary>Successes and failures over the ten seconds that end now; pushed-back requests count as failures here.</summary>
    internal readonly (long Succeeded, long Failed) Recent(long now) => window.Read(now);

    /// <summary>All of it but what is in flight.</summary>
    internal readonly Vitals Copy()
    {
        var copy = this;
        copy.inFlight = 0;
        return copy;
    }

    internal void Begin() => Interlocked.Increment(ref inFlight);

    internal void End() => Interlocked.Decrement(ref inFlight);

    internal void Succeeded(long now)
    {
        if (Volatile.Read(ref failuresInARow) != 0) Volatile.Write(ref failuresInARow, 0);
        Volatile.Write(ref answeredAt, now);
        Interlocked.Increment(ref requests);
        window.Count(second: false, now);
    }

    /// <summary>Counts a failure and gives how many there are in a row.</summary>
    /// <param name="now">Nanoseconds.</param>
    /// <param name="pushedBack">The server refused politely: this counts in the window, but says nothing of its health.</param>
    internal int Failed(long now, bool pushedBack)
    {
        Interlocked.Increment(ref requests);
        Interlocked.Increment(ref failures);
        window.Count(second: true, now);
        return pushedBack ? Volatile.Read(ref failuresInARow) : Interlocked.Increment(ref failuresInARow);
    }

    /// <summary>Counts an attempt that was given up for another's answer: no failure, but a sign when nothing else comes for a while.
    /// A stall of a few milliseconds overtakes many requests at once, and shows nothing.</summary>
    internal int Overtaken(long now, long silence)
    {
        Interlocked.Increment(ref requests);
        return now - Volatile.Read(ref answeredAt) < silence ? Volatile.Read(ref failuresInARow) : Interlocked.Increment(ref failuresInARow);
    }

    internal void Took(double nanoseconds, long now, double decay)
    {
        while (true)
        {
            var before = Volatile.Read(ref latency);
            var after = PeakEwma.Add(before, nanoseconds, now, decay);
            if (after == before || Interlocked.CompareExchange(ref latency, after, before) == before) return;
        }
    }

    /// <summary>Begins with a latency that an earlier process measured.</summary>
    /// <param name="nanoseconds">What is left to believe of it now.</param>
    /// <param name="age">How old it is, in nanoseconds.</param>
    /// <param name="now">Nanoseconds.</param>
    internal void Assume(double nanoseconds, long age, long now)
    {
        Volatile.Write(ref assumedFrom, now - age);
        Took(nanoseconds, now, 1);
    }

    internal void Reported(Evidence report) => Volatile.Write(ref evidence, report);

    /// <summary>Back from an absence: old failures no longer count against it.</summary>
    internal void Forgive()
    {
        Volatile.Write(ref failuresInARow, 0);
        window.Clear();
        Volatile.Write(ref latency, 0);
    }
}
