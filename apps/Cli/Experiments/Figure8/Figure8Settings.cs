using SmartClients.Cli.Experiments.Figure8.Faults;

namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>What <c>smart experiment figure8</c> was asked to do.</summary>
internal sealed record Figure8Settings
{
    public required IReadOnlyList<Fault> Faults { get; init; }

    public required FailoverConditions Conditions { get; init; }

    /// <summary>Where the figures and the table go.</summary>
    public string? Folder { get; init; }

    public bool Json { get; init; }
}
