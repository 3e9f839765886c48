namespace SmartClients.Simulation.Laws;

/// <summary>All alike.</summary>
internal sealed class Constant : Law
{
    public override double Draw(Chance chance) => 1;
}
