namespace SmartClients.Cli.Calling;

/// <summary>One replica's part in a load.</summary>
/// <param name="Address">Which.</param>
/// <param name="Requests">Attempts that ended there.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="Share">Its part of all attempts, 0 to 1.</param>
internal sealed record EndpointSummary(string Address, long Requests, long Failures, double Share);
