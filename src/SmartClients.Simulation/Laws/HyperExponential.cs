namespace SmartClients.Simulation.Laws;

/// <summary>One of two exponential laws, each of which carries half of all work: many small requests and a few large ones.</summary>
internal sealed class HyperExponential : Law
{
    readonly double share;
    readonly double small;
    readonly double large;

    /// <param name="variation">The variance in parts of the mean's square; above 1.</param>
    public HyperExponential(double variation)
    {
        // Balanced means: p·m₁ = (1-p)·m₂ = ½.
        share = 0.5 * (1 + Math.Sqrt((variation - 1) / (variation + 1)));
        (small, large) = (0.5 / share, 0.5 / (1 - share));
    }

    public override double Draw(Chance chance) => -Exact.Log(chance.AboveZero()) * (chance.NextDouble() < share ? small : large);
}
