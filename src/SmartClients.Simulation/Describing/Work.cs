namespace SmartClients.Simulation.Describing;

/// <summary>What a request asks of a core at full speed.</summary>
public sealed record Work
{
    /// <summary>The law.</summary>
    public WorkLaw Law { get; init; } = WorkLaw.Exponential;

    /// <summary>The mean, in milliseconds.</summary>
    public double MeanMs { get; init; } = 10;

    /// <summary>For <see cref="WorkLaw.Normal"/>: the deviation in parts of the mean, both before what is below zero is cut off.</summary>
    public double Deviation { get; init; } = 1;

    /// <summary>For <see cref="WorkLaw.HyperExponential"/>: the variance in parts of the mean's square, above 1.</summary>
    public double Variation { get; init; } = 5.5;

    /// <summary>For <see cref="WorkLaw.Pareto"/>: the tail's exponent.</summary>
    public double Shape { get; init; } = 1.5;

    /// <summary>For <see cref="WorkLaw.Pareto"/>: the largest in parts of the smallest.</summary>
    public double Longest { get; init; } = 1000;

    internal static Work Read(Fields fields)
    {
        var work = new Work
        {
            Law = fields.Choice<WorkLaw>("law", WorkLaw.Exponential),
            MeanMs = fields.Number("mean_ms", 10, 1e-3, 1e6),
            Deviation = fields.Number("deviation", 1, 1e-3, 10),
            Variation = fields.Number("variation", 5.5, 1.001, 1e4),
            Shape = fields.Number("shape", 1.5, 0.1, 10),
            Longest = fields.Number("longest", 1000, 1.001, 1e9),
        };
        fields.NoMore();
        if (work.Shape == 1) throw fields.Wrong("shape must not be 1; write 1.001.");
        return work;
    }
}
