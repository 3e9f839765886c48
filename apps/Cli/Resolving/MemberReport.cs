using SmartClients.Cli.Output;
using SmartClients.Membership;

namespace SmartClients.Cli.Resolving;

/// <summary>One member and what is believed of it.</summary>
/// <param name="Address">host:port.</param>
/// <param name="Zone">Where it stands; none when unknown.</param>
/// <param name="Weight">Capacity relative to the others.</param>
/// <param name="Priority">The lowest is asked first; others when none of those is left.</param>
/// <param name="State">Whether it takes requests; of a probed one, whether it answered.</param>
/// <param name="Inflight">Requests in flight.</param>
/// <param name="LatencyMs">What is expected of it, or what the probe took; none when nothing was measured.</param>
/// <param name="EvidenceAgeS">How old that is, in seconds.</param>
/// <param name="Error">Why the probe failed.</param>
internal sealed record MemberReport(
    string Address, string? Zone, double Weight, int Priority, string State, int Inflight, double? LatencyMs, double? EvidenceAgeS, string? Error)
{
    public static MemberReport Of(ReplicaStatus status) => new(
        status.Endpoint.Address, status.Endpoint.Zone, status.Endpoint.Weight, status.Endpoint.Priority, Words.State(status.State), status.InFlight,
        Rounded(status.Latency?.TotalMilliseconds), Rounded(status.EvidenceAge?.TotalSeconds), null);

    public static double? Rounded(double? number) => number is { } value ? Math.Round(value, 3) : null;
}
