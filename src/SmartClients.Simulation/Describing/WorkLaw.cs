namespace SmartClients.Simulation.Describing;

/// <summary>How much work requests are.</summary>
public enum WorkLaw
{
    /// <summary>Without memory: most are small, a few several times the mean.</summary>
    Exponential,

    /// <summary>All alike.</summary>
    Constant,

    /// <summary>Normal, cut off at zero, and scaled back to the mean.</summary>
    Normal,

    /// <summary>Many small and a few large ones, each kind half of all work.</summary>
    HyperExponential,

    /// <summary>A heavy tail, cut off at so many times the smallest.</summary>
    Pareto,
}
