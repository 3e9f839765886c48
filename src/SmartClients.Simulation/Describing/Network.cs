namespace SmartClients.Simulation.Describing;

/// <summary>How long messages are on their way, each way.</summary>
public sealed record Network
{
    /// <summary>Milliseconds.</summary>
    public double OneWayMs { get; init; } = 0.25;

    /// <summary>Milliseconds between zones; as within one where left out.</summary>
    public double? AcrossZonesMs { get; init; }

    internal static Network Read(Fields fields)
    {
        var network = new Network
        {
            OneWayMs = fields.Number("one_way_ms", 0.25, 0, 1e5),
            AcrossZonesMs = fields.Number("across_zones_ms", 0, 1e5),
        };
        fields.NoMore();
        return network;
    }
}
