namespace SmartClients.Cli.Calling;

/// <summary>What became of a steady load, as a document.</summary>
internal sealed record LoadSummary(
    long Requests, long Succeeded, long Failed, long Retried, long Hedged, double? P50Ms, double? P99Ms, double LongestMs, double Seconds,
    IReadOnlyList<EndpointSummary> Endpoints);
