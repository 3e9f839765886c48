namespace SmartClients.Transfer.Engine;

/// <summary>What a mirror did for a file.</summary>
/// <param name="Endpoint">Its address.</param>
/// <param name="Bytes">Bytes that it delivered, those included that another brought before or that were fetched again.</param>
/// <param name="Failures">How often it failed.</param>
/// <param name="Reason">Why it was left out, else what went wrong last; <see langword="null"/> when nothing did.</param>
public sealed record SourceReport(string Endpoint, long Bytes, int Failures, string? Reason);
