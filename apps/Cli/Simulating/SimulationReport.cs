namespace SmartClients.Cli.Simulating;

/// <summary>What <c>simulate --json</c> prints for one scenario.</summary>
internal sealed record SimulationReport(string Scenario, long Seed, IReadOnlyList<PolicyReport> Policies);
