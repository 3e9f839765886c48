using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>How long a request is expected to take at one replica: a mean of what it took lately, leaning towards the group's while little is
/// known. Written by many threads without a lock: a sample that two of them lose between them is one of many.</summary>
internal sealed class Belief(Replica replica)
{
    /// <summary>After this time a sample's weight has fallen to about 1/e: long enough for a client to find its place among the others,
    /// short enough to leave a replica that has become slow.</summary>
    const double Memory = 2 * Clock.Second;

    /// <summary>What the group's mean counts for, in samples.</summary>
    const double Prior = 5;

    /// <summary>How old what is expected may be before it is computed anew.</summary>
    const long Stale = Clock.Second / 16;

    public readonly Replica Replica = replica;

    /// <summary>The roster in which it was last asked for its load, and when.</summary>
    public int AskedIn;

    /// <inheritdoc cref="AskedIn"/>
    public long AskedAt;

    /// <summary>What it said.</summary>
    public PooledProbe? Answer;

    double mean;
    double weight;
    double expected;
    long at;
    long computedAt = long.MinValue / 2;

    /// <summary>The mean of what it took, in nanoseconds; 0 before the first sample.</summary>
    public double Mean => Volatile.Read(ref mean);

    /// <summary>The latency to expect, in nanoseconds.</summary>
    public double Expected(long now, double typical)
    {
        if (now - Volatile.Read(ref computedAt) < Stale && Volatile.Read(ref weight) > 0) return Volatile.Read(ref expected);
        return Compute(Volatile.Read(ref weight) * Decay(now - Volatile.Read(ref at)), now, typical);
    }

    /// <summary>A request took so long.</summary>
    public void Took(double nanoseconds, long now, double typical)
    {
        var left = Volatile.Read(ref weight) * Decay(now - Volatile.Read(ref at));
        Volatile.Write(ref mean, Mean + (nanoseconds - Mean) / (left + 1));
        Volatile.Write(ref weight, left + 1);
        Volatile.Write(ref at, now);
        Compute(left + 1, now, typical);
    }

    /// <summary>It is asked for its load.</summary>
    public void Ask(int version, long now)
    {
        Volatile.Write(ref AskedAt, now);
        Volatile.Write(ref AskedIn, version);
    }

    /// <summary>The replica has told its load: what is expected is computed anew at the next look.</summary>
    public void Reported() => Volatile.Write(ref computedAt, long.MinValue / 2);

    double Compute(double samples, long now, double typical)
    {
        var expects = (Mean * samples + typical * Prior * Lean(now)) / (samples + Prior);
        Volatile.Write(ref expected, expects);
        Volatile.Write(ref computedAt, now);
        return expects;
    }

    // What the replica says itself raises or lowers what is assumed of it, by half at most, and less the older the report is. It stands in for
    // what the client has not seen: a share of a processor over a second is too coarse to correct what it has, and a lying or stuck
    // report cannot take over.
    double Lean(long now) => Replica?.Vitals.Evidence is { Report.Utilization: { } utilization } evidence
        ? 1 + Math.Clamp(utilization - 0.5, -0.5, 0.5) * Decay(now - evidence.ReceivedAt) : 1;

    // Near e^-x, and the same to the last bit on every machine, which the exponential of a machine's library is not.
    static double Decay(long age)
    {
        var x = Math.Max(0, age) / Memory;
        return 1 / (1 + x * (1 + x * (0.5 + x * (1.0 / 6 + x / 24))));
    }
}
