using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>How long a request is expected to take at one replica: a mean of what it took lately, leaning towards the group's while little is
/// known. Safe from any thread, without a lock.</summary>
internal sealed class Belief(Replica replica)
{
    /// <summary>What the group's mean counts for, in samples.</summary>
    const double Prior = 5;

    /// <summary>Failures in a row make the memory so many times as long at most.</summary>
    const int Longest = 3;

    /// <summary>What a report raises the prior by at most.</summary>
    const double MostLean = 0.5;

    /// <summary>How many requests one after the other a report's memory is.</summary>
    const double Requests = 10;

    /// <summary>Below this worth nothing is remembered, in samples: half a minute after a single one.</summary>
    const double Nothing = 0.0005;

    /// <summary>How old what is expected may be before it is computed anew, in nanoseconds.</summary>
    public const long Stale = Clock.Second / 16;

    public readonly Replica Replica = replica;

    /// <summary>That of the last <see cref="Roster"/> it was in.</summary>
    public int Version;

    /// <summary>When it was last asked for its load.</summary>
    public long AskedAt;

    /// <summary>What it said.</summary>
    public PooledProbe? Answer;

    /// <summary>When it said, with a reply, that it has nothing else to do; <see cref="LatelyIdle"/> writes it.</summary>
    public long IdleAt = LatelyIdle.Never;

    FadingMean taken;
    double lean;
    long reportedAt;
    double pace;
    long computedAt = long.MinValue / 2;

    /// <summary>The mean of what it took, in nanoseconds; 0 before the first sample.</summary>
    public double Mean => taken.Value;

    /// <summary>Whether nothing was measured.</summary>
    public bool IsEmpty => taken.IsEmpty;

    /// <summary>Whether what was measured is so old that it counts for nothing.</summary>
    public bool HasFaded(long now) => taken.Worth(now) < Nothing;

    /// <summary>The latency to expect per unit of weight, in nanoseconds, as it was last computed.</summary>
    public double LastPace => Volatile.Read(ref pace);

    /// <summary>The latency to expect per unit of weight, in nanoseconds.</summary>
    public double Pace(long now, double typical) =>
        now - Volatile.Read(ref computedAt) < Stale && !IsEmpty ? LastPace : Compute(taken.Worth(now, Longer), now, typical);

    /// <summary>A request took so long.</summary>
    public void Took(double nanoseconds, long now, double typical) => Compute(taken.Add(nanoseconds, now), now, typical);

    /// <summary>The replica has told how busy it is: what is expected is computed anew, by a <see cref="Home"/> with all others there.</summary>
    /// <param name="busier">By how much more than the others, in parts of all that it can do.</param>
    /// <param name="now">Nanoseconds.</param>
    public void Reported(double busier, long now)
    {
        Volatile.Write(ref lean, Math.Clamp(busier, 0, MostLean));
        Volatile.Write(ref reportedAt, now);
        Volatile.Write(ref computedAt, long.MinValue / 2);
    }

    // A replica that has failed again, with nothing else in between, is tried again later than after the first failure.
    int Longer => Math.Clamp(Replica.Vitals.FailuresInARow, 1, Longest);

    double Compute(double samples, long now, double typical)
    {
        var computed = (Mean * samples + typical * Prior * Lean(now, typical)) / ((samples + Prior) * Replica.Weight);
        Volatile.Write(ref pace, computed);
        Volatile.Write(ref computedAt, now);
        return computed;
    }

    // What the replica says itself raises what is assumed of it, by half at most, for as long as some requests take: queues change as fast, and
    // what many clients do half a second late they all do at once. It stands in for what the client has not seen; a lying or stuck report cannot
    // take over.
    double Lean(long now, double typical) => Volatile.Read(ref lean) is not 0 and var its
        ? 1 + its * FadingMean.Left(now - Volatile.Read(ref reportedAt), Requests * typical) : 1;
}
