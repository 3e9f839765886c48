namespace SmartClients.Bench.Load;

/// <summary>Where requests may be sent: a replica, or a proxy before all of them.</summary>
/// <param name="Port">On the loopback interface.</param>
/// <param name="Zone">Where it stands.</param>
public sealed record LoadTarget(int Port, string? Zone = null);
