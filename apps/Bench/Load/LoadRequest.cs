namespace SmartClients.Bench.Load;

/// <summary>A request to be sent.</summary>
/// <param name="AtMs">When, in milliseconds since the beginning.</param>
/// <param name="Client">By which client.</param>
/// <param name="WorkMs">What it asks of a core at full speed.</param>
public readonly record struct LoadRequest(double AtMs, int Client, double WorkMs);
