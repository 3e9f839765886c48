using SmartClients.Benchmarks.Picks;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks;

/// <summary>What this program does as a child process of itself: measure one variant, or be a server.</summary>
static class Children
{
    public static async Task<int> RunAsync(string role, Arguments arguments)
    {
        switch (role)
        {
            case "picks": Child.Tell(PicksExperiment.Measure(arguments)); break;
            case "sends": Child.Tell(SendsExperiment.Measure(arguments)); break;
            default: throw new ArgumentException($"There is no child role '{role}'.");
        }
        return 0;
    }
}
