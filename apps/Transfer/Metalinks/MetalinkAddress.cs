namespace SmartClients.Transfer.Metalinks;

/// <summary>Where a file is to be had.</summary>
/// <param name="Url">As it is written, of whatever scheme.</param>
/// <param name="Priority">1 to 999,999; the lower, the better.</param>
public sealed record MetalinkAddress(string Url, int Priority);
