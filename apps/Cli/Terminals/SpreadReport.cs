namespace SmartClients.Cli.Terminals;

/// <summary><c>smart run --map --json</c>.</summary>
internal sealed record SpreadReport(int Inputs, int Succeeded, int Failed, IReadOnlyList<SpreadMachine> Machines, IReadOnlyList<SpreadRun> Runs);
