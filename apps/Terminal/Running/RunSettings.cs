namespace SmartClients.Terminals.Running;

/// <summary>How commands are run.</summary>
public sealed record RunSettings
{
    /// <summary>A command that was lost half-way is run again elsewhere.</summary>
    public bool Repeatable { get; init; }

    /// <summary>Spread over the group: the most commands at once on one machine.</summary>
    /// <value>The default is 1.</value>
    public int PerMachine { get; init; } = 1;

    /// <summary>Spread over the group: results as they come, and not in the order of the inputs.</summary>
    public bool Unordered { get; init; }
}
