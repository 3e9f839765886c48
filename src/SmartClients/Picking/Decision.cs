using SmartClients.Naming;

namespace SmartClients.Picking;

/// <summary>Why this replica: one pick, with everything that it was made from.</summary>
public sealed record Decision
{
    /// <summary>Who was picked.</summary>
    public required Endpoint Chosen { get; init; }

    /// <summary>Why an attempt was made at all.</summary>
    public required Cause Cause { get; init; }

    /// <summary>1 for a request's first attempt.</summary>
    public int Attempt { get; init; }

    /// <summary>Every member as it stood.</summary>
    public required IReadOnlyList<Candidate> Candidates { get; init; }

    /// <summary>Retries left in the budget.</summary>
    public double RetriesLeft { get; init; }

    /// <summary>Hedges left in the budget.</summary>
    public double HedgesLeft { get; init; }
}
