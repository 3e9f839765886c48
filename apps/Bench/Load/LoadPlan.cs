using SmartClients.Bench.Plays;

namespace SmartClients.Bench.Load;

/// <summary>All that a process of clients is told: whom to send to, how, and every request.</summary>
public sealed record LoadPlan
{
    /// <summary>How clients are wired: a name that the program which runs them knows.</summary>
    public required string Wiring { get; init; }

    public required IReadOnlyList<LoadTarget> Targets { get; init; }

    public required int Clients { get; init; }

    /// <summary>Where the clients stand, in turn.</summary>
    public IReadOnlyList<string> Zones { get; init; } = [];

    /// <summary>How long a request may take, with all its attempts. One that fails counts as having taken it.</summary>
    public double? DeadlineMs { get; init; }

    public double? AttemptTimeoutMs { get; init; }

    public bool Retries { get; init; }

    public bool Hedging { get; init; }

    public bool Ejection { get; init; }

    /// <summary>Requests due earlier are sent and not counted.</summary>
    public required double CountFromMs { get; init; }

    public required IReadOnlyList<LoadRequest> Requests { get; init; }

    public static LoadPlan Of(Play play, string wiring, IReadOnlyList<LoadTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(play);
        var clients = play.Scenario.Clients;
        return new LoadPlan
        {
            Wiring = wiring,
            Targets = targets,
            Clients = play.Clients,
            Zones = clients.Zones,
            DeadlineMs = play.DeadlineMs,
            AttemptTimeoutMs = play.AttemptTimeoutMs,
            Retries = clients.Retries,
            Hedging = clients.Hedging,
            Ejection = clients.Ejection,
            CountFromMs = play.CountFromS * 1000,
            Requests = play.Requests,
        };
    }
}
