namespace SmartClients.Simulation.Laws;

/// <summary>
/// A stream of chance that is the same on every machine and under every version of the platform, which a seeded <see cref="Random"/>
/// does not promise: xoshiro256** (Blackman and Vigna), seeded by SplitMix64.
/// </summary>
internal sealed class Chance : Random
{
    ulong s0;
    ulong s1;
    ulong s2;
    ulong s3;

    /// <summary>A stream of its own for each pair.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="stream">Which of the run's streams.</param>
    public Chance(long seed, long stream) : base(0)
    {
        var at = (ulong)seed * 0x9E3779B97F4A7C15UL ^ (ulong)stream * 0xD1B54A32D192ED03UL;
        (s0, s1, s2, s3) = (Split(ref at), Split(ref at), Split(ref at), Split(ref at));
    }

    /// <summary>64 random bits.</summary>
    public ulong Bits()
    {
        var result = ulong.RotateLeft(s1 * 5, 7) * 9;
        var t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = ulong.RotateLeft(s3, 45);
        return result;
    }

    /// <summary>Above 0, at most 1: what a logarithm can be taken of.</summary>
    public double AboveZero() => ((Bits() >> 11) + 1) * (1.0 / (1UL << 53));

    public override double NextDouble() => (Bits() >> 11) * (1.0 / (1UL << 53));

    public override long NextInt64() => (long)(Bits() >> 1);

    public override int Next() => (int)(Bits() >> 33);

    public override int Next(int maxValue) => Next(0, maxValue);

    // By multiplication (Lemire): uneven by at most one part in 2^32 for these ranges, and without a division.
    public override int Next(int minValue, int maxValue) => (int)(minValue + (long)(((Bits() >> 32) * (ulong)((long)maxValue - minValue)) >> 32));

    public override long NextInt64(long maxValue) => NextInt64(0, maxValue);

    public override long NextInt64(long minValue, long maxValue) => minValue + (long)Math.BigMul(Bits(), (ulong)(maxValue - minValue), out _);

    public override float NextSingle() => (Bits() >> 40) * (1.0f / (1 << 24));

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        foreach (ref var b in buffer) b = (byte)(Bits() >> 56);
    }

    protected override double Sample() => NextDouble();

    static ulong Split(ref ulong at)
    {
        var x = at += 0x9E3779B97F4A7C15UL;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9UL;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EBUL;
        return x ^ (x >> 31);
    }
}
