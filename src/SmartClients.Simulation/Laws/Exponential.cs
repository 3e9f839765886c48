namespace SmartClients.Simulation.Laws;

/// <summary>Without memory: most are small, a few are several times the mean.</summary>
internal sealed class Exponential : Law
{
    public override double Draw(Chance chance) => -Exact.Log(chance.AboveZero());
}
