namespace SmartClients.Simulation.Describing;

/// <summary>The clients, and what they may do beyond one attempt.</summary>
public sealed record ClientGroup
{
    /// <summary>How many: each has a director of its own.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The zones they stand in, in turn; nowhere in particular when empty.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>Whether a failed attempt may be repeated elsewhere.</summary>
    public bool Retries { get; init; }

    /// <summary>Whether a slow attempt may be joined by a second one.</summary>
    public bool Hedging { get; init; }

    /// <summary>Whether replicas that fail are taken out for a while.</summary>
    public bool Ejection { get; init; } = true;

    /// <summary>How long one attempt may take before another replica is asked, in milliseconds; as long as the request where left out.</summary>
    public double? AttemptTimeoutMs { get; init; }

    internal static ClientGroup Read(Fields fields)
    {
        var group = new ClientGroup
        {
            Count = (int)fields.Whole("count", 1, 1, 100_000),
            Zones = fields.Texts("zones", 1000),
            Retries = fields.Flag("retries", false),
            Hedging = fields.Flag("hedging", false),
            AttemptTimeoutMs = fields.Number("attempt_timeout_ms", 0.1, 8.64e7),
            Ejection = fields.Flag("ejection", true),
        };
        fields.NoMore();
        return group;
    }
}
