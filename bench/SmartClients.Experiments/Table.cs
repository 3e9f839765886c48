using SmartClients.Experiments.Prequal;
using SmartClients.Experiments.Running;

namespace SmartClients.Experiments;

/// <summary>THE TABLE of experiments, one line each. Each writes <c>docs/experiments/NAME.md</c> and its plots.</summary>
static class Table
{
    public sealed record Experiment(string About, Action<Page, Settings> Run);

    public static readonly IReadOnlyDictionary<string, Experiment> Experiments = new Dictionary<string, Experiment>
    {
        ["closed-forms"] = new("mean times that queueing theory knows", ClosedForms.Run),
        ["reference-table"] = new("scenarios S1 to S6 beside an independent simulator", ReferenceTable.Run),
        ["power-of-two"] = new("Mitzenmacher: the power of two choices", PowerOfTwo.Run),
        ["linkerd"] = new("linkerd, Beyond Round Robin: shares of requests above a second", Linkerd.Run),
        ["tail-at-scale"] = new("Dean and Barroso: a hedge after 10 ms", TailAtScale.Run),
        ["prequal-figure-6"] = new("Prequal's load ramp, beside weighted round robin", LoadRamp.Run),
        ["prequal-figure-7"] = new("Prequal's comparison of rules", Rules.Run),
        ["prequal-figure-8"] = new("Prequal's probe rate", ProbeRate.Run),
        ["prequal-figure-9"] = new("Prequal's hot quantile", HotQuantile.Run),
        ["arena"] = new("every policy in every scenario, with and without help from servers, beside JSQ", ArenaTable.Run),
        ["cost"] = new("what a simulated request costs as the world grows", Cost.Run),
    };
}
