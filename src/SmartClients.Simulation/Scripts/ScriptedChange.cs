namespace SmartClients.Simulation.Scripts;

/// <summary>What becomes of a replica.</summary>
/// <param name="Seconds">When, since the start, the warm-up included.</param>
/// <param name="Replica">Which, in the scenario's order.</param>
/// <param name="Condition">How it is from then on.</param>
public sealed record ScriptedChange(double Seconds, int Replica, Condition Condition);
