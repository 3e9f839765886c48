namespace SmartClients.Simulation.Laws;

/// <summary>Logarithm and exponential from additions, multiplications and divisions alone, which are the same bit for bit on every
/// machine; <see cref="Math.Log(double)"/> and <see cref="Math.Exp"/> are each platform's own.</summary>
internal static class Exact
{
    const double Ln2 = 0.693147180559945309417;
    const double RootOfHalf = 0.707106781186547524401;

    /// <summary>The natural logarithm of a positive, normal number; within a few units of the last place.</summary>
    public static double Log(double x)
    {
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1022;
        // In [0.5, 1); moved to [√½, √2) so that the series is short.
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | (1022L << 52));
        if (mantissa < RootOfHalf) (mantissa, exponent) = (mantissa * 2, exponent - 1);
        var s = (mantissa - 1) / (mantissa + 1);
        var z = s * s;
        // 2 artanh(s); |s| is below 0.172, so eleven terms reach the last bit.
        var sum = 0.0;
        for (var k = 21; k >= 1; k -= 2) sum = sum * z + 1.0 / k;
        return exponent * Ln2 + 2 * s * sum;
    }

    /// <summary>e to a power between -700 and 700.</summary>
    public static double Exp(double x)
    {
        var n = Math.Floor(x / Ln2 + 0.5);
        var r = x - n * Ln2;
        var sum = 1.0;
        for (var k = 14; k >= 1; k--) sum = sum * r / k + 1;
        return sum * BitConverter.Int64BitsToDouble((long)(1023 + n) << 52);
    }
}
