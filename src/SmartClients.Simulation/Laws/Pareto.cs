namespace SmartClients.Simulation.Laws;

/// <summary>A bounded Pareto law, scaled to mean 1: a heavy tail, cut off so that one request cannot decide a run.</summary>
internal sealed class Pareto : Law
{
    readonly double shape;
    readonly double longest;
    readonly double scale;

    /// <param name="shape">The tail's exponent; smaller is heavier. Above 0, not 1.</param>
    /// <param name="longest">The largest request in parts of the smallest.</param>
    public Pareto(double shape, double longest)
    {
        (this.shape, this.longest) = (shape, longest);
        var tail = Power(longest, -shape);
        var mean = shape / (shape - 1) * (1 - tail * longest) / (1 - tail);
        scale = 1 / mean;
    }

    public override double Draw(Chance chance)
    {
        var tail = Power(longest, -shape);
        return scale * Power(1 - chance.NextDouble() * (1 - tail), -1 / shape);
    }

    static double Power(double x, double y) => Exact.Exp(y * Exact.Log(x));
}
