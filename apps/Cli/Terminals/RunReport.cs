namespace SmartClients.Cli.Terminals;

/// <summary><c>smart run --json</c>.</summary>
internal sealed record RunReport(string Machine, int Exit, int Attempts, double ElapsedMs, string Output, string Errors);
