namespace SmartClients.Simulation.Scoring;

/// <summary>The latencies of the requests that began in one slice of a run's time.</summary>
/// <param name="Seconds">Since requests are counted.</param>
/// <param name="Requests">How many.</param>
/// <param name="P50Ms">The median.</param>
/// <param name="P99Ms">The 99th percentile.</param>
public readonly record struct Moment(double Seconds, long Requests, double P50Ms, double P99Ms);
