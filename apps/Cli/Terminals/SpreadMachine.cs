namespace SmartClients.Cli.Terminals;

/// <summary>One machine's share.</summary>
internal sealed record SpreadMachine(string Address, int Runs, int Failed);
