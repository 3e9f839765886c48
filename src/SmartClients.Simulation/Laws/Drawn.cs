using SmartClients.Simulation.Describing;

namespace SmartClients.Simulation.Laws;

/// <summary>The laws of a scenario's document.</summary>
internal static class Drawn
{
    public static Law Work(Work work) => work.Law switch
    {
        WorkLaw.Constant => new Constant(),
        WorkLaw.Normal => new TruncatedNormal(work.Deviation),
        WorkLaw.HyperExponential => new HyperExponential(work.Variation),
        WorkLaw.Pareto => new Pareto(work.Shape, work.Longest),
        _ => new Exponential(),
    };
}
