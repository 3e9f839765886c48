namespace SmartClients.Simulation.Describing;

/// <summary>Replicas that are alike.</summary>
public sealed record ReplicaGroup
{
    /// <summary>How many.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Processor cores of each.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>What a core does, in parts of a core at full speed.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>Whether all requests share the cores, or are served one after the other.</summary>
    public ServiceOrder Order { get; init; } = ServiceOrder.Sharing;

    /// <summary>Where they stand.</summary>
    public string? Zone { get; init; }

    /// <summary>The weight that their endpoints are announced with.</summary>
    public double Weight { get; init; } = 1;

    internal static ReplicaGroup Read(Fields fields)
    {
        var group = new ReplicaGroup
        {
            Count = (int)fields.Whole("count", 1, 1, 10_000),
            Cores = (int)fields.Whole("cores", 1, 1, 1024),
            Speed = fields.Number("speed", 1, 1e-3, 1e3),
            Order = fields.Choice<ServiceOrder>("order", ServiceOrder.Sharing),
            Zone = fields.Text("zone"),
            Weight = fields.Number("weight", 1, 1e-3, 1e6),
        };
        fields.NoMore();
        return group;
    }
}
