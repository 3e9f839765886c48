using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SmartClients.Picking;

/// <summary>The replicas that one client prefers, and the best of them. Safe from any thread, without a lock.</summary>
/// <remarks>All of them are looked at for each pick, so a look is kept to three loads and a product; what is compared is compared four
/// at a time.</remarks>
internal sealed class Home(int version, Belief[] beliefs, bool isEverybody)
{
    /// <summary>How many there are at most: the bits of one word.</summary>
    public const int Most = 64;

    /// <summary>Most groups are smaller than this, and need less room.</summary>
    const int Few = 16;

    const double AsGood = 1.1;

    long computedAt = long.MinValue / 2;
    bool isKnown;

    /// <summary>That of the <see cref="Roster"/> it was chosen from.</summary>
    public int Version => version;

    /// <summary>What is known of each.</summary>
    public Belief[] Beliefs => beliefs;

    /// <summary>Whether nobody is left out.</summary>
    public bool IsEverybody => isEverybody;

    /// <summary>One of those with the least requests in flight × latency to expect, or within a tenth of it: each of these is as likely.</summary>
    /// <param name="now">Nanoseconds.</param>
    /// <param name="typical">What to assume of who was never tried, in nanoseconds.</param>
    /// <param name="chance">32 random bits.</param>
    public (Belief Belief, double Cost) Best(long now, double typical, uint chance)
    {
        if (!isKnown || now - Volatile.Read(ref computedAt) >= Belief.Stale) ComputeAnew(now, typical);
        Span<double> costs = beliefs.Length <= Few ? stackalloc double[Few] : stackalloc double[Most];
        for (var i = 0; i < beliefs.Length; i++) costs[i] = (beliefs[i].Replica.Vitals.InFlight + 1) * beliefs[i].LastPace;
        // What fills the last vector is never the best.
        var end = (beliefs.Length + Vector256<double>.Count - 1) & -Vector256<double>.Count;
        for (var i = beliefs.Length; i < end; i++) costs[i] = double.PositiveInfinity;
        var least = Least(costs[..end]);
        var good = UpTo(least * AsGood, costs[..end]) & (ulong.MaxValue >> (Most - beliefs.Length));
        if (good == 0) return (beliefs[0], least);
        var which = (int)(((ulong)chance * (uint)BitOperations.PopCount(good)) >> 32);
        return (beliefs[Place(good, which)], least);
    }

    // Where the bit is that has so many others before it.
    static int Place(ulong bits, int before)
    {
        if (Bmi2.X64.IsSupported) return BitOperations.TrailingZeroCount(Bmi2.X64.ParallelBitDeposit(1UL << before, bits));
        for (; before > 0; before--) bits &= bits - 1;
        return BitOperations.TrailingZeroCount(bits);
    }

    static double Least(ReadOnlySpan<double> costs)
    {
        var least = Vector256.Create(double.PositiveInfinity);
        for (var i = 0; i < costs.Length; i += Vector256<double>.Count) least = Vector256.Min(least, Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(costs), (nuint)i));
        return Math.Min(Math.Min(least[0], least[1]), Math.Min(least[2], least[3]));
    }

    // A bit for each that costs no more than the limit.
    static ulong UpTo(double limit, ReadOnlySpan<double> costs)
    {
        var (found, most) = (0UL, Vector256.Create(limit));
        for (var i = 0; i < costs.Length; i += Vector256<double>.Count)
            found |= (ulong)Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref MemoryMarshal.GetReference(costs), (nuint)i), most).ExtractMostSignificantBits() << i;
        return found;
    }

    // Who was never tried is taken for typical, which changes fast in the beginning.
    void ComputeAnew(long now, double typical)
    {
        var known = true;
        foreach (var belief in beliefs)
        {
            belief.Pace(now, typical);
            known &= !belief.IsEmpty;
        }
        isKnown = known;
        Volatile.Write(ref computedAt, now);
    }
}
