namespace SmartClients.Bench.Load;

/// <summary>What became of one request.</summary>
/// <param name="TookMs">From the time at which it was due.</param>
/// <param name="LateMs">How long after that time it was sent.</param>
/// <param name="Error">What there was instead of a good answer.</param>
internal readonly record struct Sent(double TookMs, double LateMs, string? Error);
