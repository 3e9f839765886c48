namespace SmartClients.Simulation.Laws;

/// <summary>A law of chance for how much work a request is, of mean 1.</summary>
internal abstract class Law
{
    public abstract double Draw(Chance chance);
}
