using SmartClients.Simulation.Scoring;

namespace SmartClients.Simulation.Tests;

/// <summary>Runs that end with their test.</summary>
internal static class Run
{
    public static Score Once(Scenario scenario, Contender contender, long seed = 1) =>
        Arena.Run(scenario, contender, seed, null, TestContext.Current.CancellationToken);
}
