namespace SmartClients.Simulation.Laws;

/// <summary>
/// max(0, a normal number), scaled to mean 1: with a deviation of 1 the work of Prequal's experiments (mean and deviation alike before
/// what is below zero is cut off).
/// </summary>
internal sealed class TruncatedNormal : Law
{
    readonly double deviation;
    readonly double scale;
    double spare = double.NaN;

    /// <param name="deviation">The deviation in parts of the mean, before the cut.</param>
    public TruncatedNormal(double deviation)
    {
        this.deviation = deviation;
        scale = 1 / Mean(deviation);
    }

    public override double Draw(Chance chance) => Math.Max(0, 1 + deviation * Normal(chance)) * scale;

    // Marsaglia's polar method: two at a time, of which one is kept for the next.
    double Normal(Chance chance)
    {
        if (spare is not double.NaN)
        {
            var kept = spare;
            spare = double.NaN;
            return kept;
        }
        double u, v, s;
        do
        {
            u = 2 * chance.NextDouble() - 1;
            v = 2 * chance.NextDouble() - 1;
            s = u * u + v * v;
        }
        while (s >= 1 || s == 0);
        var factor = Math.Sqrt(-2 * Exact.Log(s) / s);
        spare = v * factor;
        return u * factor;
    }

    // E max(0, N(1, σ²)) = Φ(1/σ) + σ φ(1/σ), the normal distribution function by its series.
    static double Mean(double deviation)
    {
        var a = 1 / deviation;
        if (a > 8) return 1;
        var density = Exact.Exp(-a * a / 2) / Math.Sqrt(2 * Math.PI);
        var (term, sum) = (a, a);
        for (var k = 3; k < 400; k += 2)
        {
            term *= a * a / k;
            sum += term;
        }
        return 0.5 + density * sum + deviation * density;
    }
}
