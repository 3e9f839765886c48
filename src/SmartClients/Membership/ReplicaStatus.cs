using SmartClients.Learning;
using SmartClients.Naming;

namespace SmartClients.Membership;

/// <summary>What a director believes of one replica, at one moment.</summary>
public sealed record ReplicaStatus
{
    /// <summary>Address and metadata.</summary>
    public required Endpoint Endpoint { get; init; }

    /// <summary>Whether it takes requests.</summary>
    public required ReplicaState State { get; init; }

    /// <summary>Why it does not; empty when it does.</summary>
    public string Cause { get; init; } = "";

    /// <summary>Requests in flight.</summary>
    public int InFlight { get; init; }

    /// <summary>Attempts that ended, ever.</summary>
    public long Requests { get; init; }

    /// <summary>Attempts that failed, ever.</summary>
    public long Failures { get; init; }

    /// <summary>The latency expected of it; <see langword="null"/> when none was measured.</summary>
    public TimeSpan? Latency { get; init; }

    /// <summary>How old the newest evidence of it is: a latency sample or a load report; <see langword="null"/> when there is none.</summary>
    public TimeSpan? EvidenceAge { get; init; }

    /// <summary>Its last load report; <see langword="null"/> when it never sent one.</summary>
    public Evidence? Evidence { get; init; }

    internal static ReplicaStatus Of(Replica replica, long now, long typical, double decay)
    {
        ref readonly var vitals = ref replica.Vitals;
        var age = Math.Min(vitals.LatencyAge(now), vitals.Evidence is { } report ? now - report.ReceivedAt : double.PositiveInfinity);
        return new ReplicaStatus
        {
            Endpoint = replica.Endpoint,
            State = replica.Standing.State,
            Cause = replica.Standing.Cause,
            InFlight = vitals.InFlight,
            Requests = vitals.Requests,
            Failures = vitals.Failures,
            Latency = vitals.HasLatency ? Clock.Span(vitals.Latency(now, decay, typical)) : null,
            EvidenceAge = double.IsFinite(age) ? Clock.Span(age) : null,
            Evidence = vitals.Evidence,
        };
    }
}
