using SmartClients.Cli.Experiments.Links;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>What <c>smart experiment figure6</c> was asked to do.</summary>
internal sealed record Figure6Settings
{
    public required IReadOnlyList<string> Policies { get; init; }

    public required IReadOnlyList<int> Servers { get; init; }

    public required IReadOnlyList<int> Clients { get; init; }

    public required Conditions Conditions { get; init; }

    /// <summary>How the links are made; <see langword="null"/> when the machine decides.</summary>
    public LinkKind? Links { get; init; }

    /// <summary>Where the figure and the table go.</summary>
    public string? Folder { get; init; }

    public bool Json { get; init; }

    /// <summary>What is to be measured, in the figure's order. One server leaves nothing to choose: it is measured once.</summary>
    public IEnumerable<Case> Cases =>
        from servers in Servers
        from policy in servers == 1 ? [Case.AnyPolicy] : Policies
        from clients in Clients
        select new Case(policy, servers, clients);
}
