using SmartClients.Simulation;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Cli.Simulating;

/// <summary>How every policy did in one scenario.</summary>
internal sealed record ScenarioScores(Scenario Scenario, long Seed, IReadOnlyList<Score> Scores);
