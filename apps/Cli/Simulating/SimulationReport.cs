namespace SmartClients.Cli.Simulating;

/// <summary>What <c>simulate --json</c> prints for one scenario.</summary>
internal sealed record SimulationReport(string Scenario, long Seed, IReadOnlyList<PolicyReport> Policies)
{
    public static SimulationReport Of(ScenarioScores scores) => new(scores.Scenario.Name, scores.Seed, [.. scores.Scores.Select(PolicyReport.Of)]);
}
