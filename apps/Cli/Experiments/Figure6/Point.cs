namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>One point of the figure, measured.</summary>
/// <param name="Policy">How each client picked; <c>any</c> where there was one server.</param>
/// <param name="Servers">So many servers.</param>
/// <param name="Clients">So many clients at a time.</param>
internal sealed record Point(string Policy, int Servers, int Clients)
{
    /// <summary>The figure: all bytes over the time until the last client was done, in 10^6 bytes a second.</summary>
    public required double MbPerS { get; init; }

    /// <summary>The sum of what each client saw until it was done itself. More than the above: who is done first leaves the others more.</summary>
    public required double SumOfClientsMbPerS { get; init; }

    /// <summary>Until the last client was done.</summary>
    public required double Seconds { get; init; }

    /// <summary>The longest retrieval of all.</summary>
    public required double LongestRetrievalS { get; init; }

    public required long Retrievals { get; init; }

    /// <summary>Retrievals that no server carried out.</summary>
    public required long Failed { get; init; }

    /// <summary>Retrievals that each server carried out.</summary>
    public required IReadOnlyList<int> PerServer { get; init; }

    public bool IsOf(Case one) => (Policy, Servers, Clients) == (one.Policy, one.Servers, one.Clients);
}
