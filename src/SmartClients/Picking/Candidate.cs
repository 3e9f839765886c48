using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>One replica as it stood when a pick was made.</summary>
public sealed record Candidate
{
    /// <summary>Its address.</summary>
    public required string Address { get; init; }

    /// <summary>Whether it took requests.</summary>
    public required ReplicaState State { get; init; }

    /// <summary>Why it was left out: "tried", "left out by the request", "others are preferred", or what its state says;
    /// <see langword="null"/> when it could be picked.</summary>
    public string? Excluded { get; init; }

    /// <summary>The policy's rating, lower is better; <see cref="double.NaN"/> when it rates nobody.</summary>
    public double Score { get; init; }

    /// <summary>Requests in flight.</summary>
    public int InFlight { get; init; }

    /// <summary>The latency expected of it.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>How old the last latency sample is; <see langword="null"/> when there is none.</summary>
    public TimeSpan? LatencyAge { get; init; }

    /// <summary>How old its last load report is; <see langword="null"/> when there is none.</summary>
    public TimeSpan? ReportAge { get; init; }

    internal static Candidate Of(Replica replica, string? excluded, double score, double latency, long now)
    {
        var state = replica.Standing.State;
        var age = replica.Vitals.LatencyAge(now);
        return new Candidate
        {
            Address = replica.Endpoint.Address,
            State = state,
            Excluded = excluded ?? (state is ReplicaState.Up or ReplicaState.Warming ? null : replica.Standing.Cause),
            Score = score,
            InFlight = replica.Vitals.InFlight,
            Latency = Clock.Span(latency),
            LatencyAge = double.IsFinite(age) ? Clock.Span(age) : null,
            ReportAge = replica.Vitals.Evidence is { } evidence ? Clock.Span(now - evidence.ReceivedAt) : null,
        };
    }
}
