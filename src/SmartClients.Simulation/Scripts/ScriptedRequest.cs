namespace SmartClients.Simulation.Scripts;

/// <summary>A request of a script.</summary>
/// <param name="Seconds">When it comes, since the start, the warm-up included.</param>
/// <param name="Client">Whose it is.</param>
/// <param name="WorkMs">What it asks of a core at full speed, in milliseconds.</param>
public readonly record struct ScriptedRequest(double Seconds, int Client, double WorkMs);
