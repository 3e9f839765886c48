using SmartClients.Naming;

namespace SmartClients.Terminals.Running;

/// <summary>A command that has ended.</summary>
/// <param name="Machine">Where.</param>
/// <param name="Exit">Its exit code.</param>
/// <param name="Attempts">How many machines were tried.</param>
/// <param name="Elapsed">From the first try to its end.</param>
public sealed record RunResult(Endpoint Machine, int Exit, int Attempts, TimeSpan Elapsed);
