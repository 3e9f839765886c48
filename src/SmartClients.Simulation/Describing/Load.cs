namespace SmartClients.Simulation.Describing;

/// <summary>How many requests come: exactly one of the two figures.</summary>
public sealed record Load
{
    /// <summary>In parts of what all replicas together can do at their nominal speed.</summary>
    public double? Utilization { get; init; }

    /// <summary>Requests per second, of all clients together.</summary>
    public double? PerSecond { get; init; }

    /// <summary>Whether they come at random or evenly.</summary>
    public ArrivalLaw Arrivals { get; init; } = ArrivalLaw.Poisson;

    internal static Load Read(Fields fields)
    {
        var load = new Load
        {
            Utilization = fields.Number("utilization", 1e-6, 10),
            PerSecond = fields.Number("per_second", 1e-3, 1e8),
            Arrivals = fields.Choice<ArrivalLaw>("arrivals", ArrivalLaw.Poisson),
        };
        fields.NoMore();
        if (load.Utilization is null == load.PerSecond is null) throw fields.Wrong("write either utilization or per_second.");
        return load;
    }
}
