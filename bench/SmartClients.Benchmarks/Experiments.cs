using SmartClients.Benchmarks.Picks;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks;

/// <summary>THE TABLE of experiments, one line each. Each writes <c>bench/results/NAME.md</c>.</summary>
static class Experiments
{
    public sealed record Experiment(string About, Func<Arguments, Task> RunAsync);

    public static readonly IReadOnlyDictionary<string, Experiment> Table = new Dictionary<string, Experiment>
    {
        ["picks"] = new("a pick and its completion, 3 to 10,000 endpoints, against YARP, grpc-dotnet and hand-written limits", PicksExperiment.RunAsync),
        ["sends"] = new("a whole SendAsync over an action that returns at once", SendsExperiment.RunAsync),
    };
}
