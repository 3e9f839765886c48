using System.Numerics;
using System.Runtime.Intrinsics;

namespace SmartClients.Picking;

/// <summary>The replicas that one client prefers, and the best of them. Safe from any thread, without a lock.</summary>
/// <remarks>All of them are looked at for each pick, so a look is kept to three loads and a product; what is compared is compared four
/// at a time.</remarks>
internal sealed class Home(int version, Belief[] beliefs, bool isEverybody)
{
    /// <summary>How many there are at most: the bits of one word.</summary>
    public const int Most = 64;

    const double AsGood = 1.1;

    long computedAt = long.MinValue / 2;

    /// <summary>That of the <see cref="Roster"/> it was chosen from.</summary>
    public int Version => version;

    /// <summary>What is known of each.</summary>
    public Belief[] Beliefs => beliefs;

    /// <summary>Whether nobody is left out.</summary>
    public bool IsEverybody => isEverybody;

    /// <summary>One of those with the least requests in flight × latency to expect, or within a tenth of it: each of these is as likely.</summary>
    public (Belief Belief, double Cost) Best(long now, double typical, Random random)
    {
        if (now - Volatile.Read(ref computedAt) >= Belief.Stale) ComputeAnew(now, typical);
        Span<double> costs = stackalloc double[Most];
        for (var i = 0; i < beliefs.Length; i++)
        {
            var belief = beliefs[i];
            var pace = belief.LastPace;
            costs[i] = (belief.Replica.Vitals.InFlight + 1) * (pace > 0 ? pace : belief.Pace(now, typical));
        }
        // What fills the last vector is never the best.
        var end = (beliefs.Length + Vector256<double>.Count - 1) & -Vector256<double>.Count;
        costs[beliefs.Length..end].Fill(double.PositiveInfinity);
        var least = Least(costs[..end]);
        var good = UpTo(least * AsGood, costs[..end]) & (ulong.MaxValue >> (Most - beliefs.Length));
        if (good == 0) return (beliefs[0], least);
        for (var skipped = random.Next(BitOperations.PopCount(good)); skipped > 0; skipped--) good &= good - 1;
        return (beliefs[BitOperations.TrailingZeroCount(good)], least);
    }

    static double Least(ReadOnlySpan<double> costs)
    {
        var least = Vector256.Create(double.PositiveInfinity);
        for (var i = 0; i < costs.Length; i += Vector256<double>.Count) least = Vector256.Min(least, Vector256.Create(costs[i..]));
        return Math.Min(Math.Min(least[0], least[1]), Math.Min(least[2], least[3]));
    }

    // A bit for each that costs no more than the limit.
    static ulong UpTo(double limit, ReadOnlySpan<double> costs)
    {
        var (found, most) = (0UL, Vector256.Create(limit));
        for (var i = 0; i < costs.Length; i += Vector256<double>.Count)
            found |= (ulong)Vector256.LessThanOrEqual(Vector256.Create(costs[i..]), most).ExtractMostSignificantBits() << i;
        return found;
    }

    void ComputeAnew(long now, double typical)
    {
        Volatile.Write(ref computedAt, now);
        foreach (var belief in beliefs) belief.Pace(now, typical);
    }
}
