namespace SmartClients.Naming.State;

/// <summary>What a director had learnt of one replica. The times are of the wall clock, for another process reads them.</summary>
/// <param name="Address"><see cref="Endpoint.Address"/>.</param>
public sealed record SavedReplica(string Address)
{
    /// <summary>The latency that was expected of it; <see langword="null"/> when none was measured.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>When that was last measured.</summary>
    public DateTimeOffset Measured { get; init; }

    /// <summary>Until when it was ejected; <see langword="null"/> when it was not.</summary>
    public DateTimeOffset? OutUntil { get; init; }

    /// <summary>How often it was ejected lately.</summary>
    public int TimesOut { get; init; }

    /// <summary>Why it was ejected; empty when it was not.</summary>
    public string Cause { get; init; } = "";
}
