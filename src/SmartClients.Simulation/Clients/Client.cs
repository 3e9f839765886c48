namespace SmartClients.Simulation.Clients;

/// <summary>A client: a director of its own, and with it a view of its own.</summary>
/// <param name="Index">Which.</param>
/// <param name="Director">The real one.</param>
/// <param name="Zone">Where it stands.</param>
internal sealed record Client(int Index, Director Director, string? Zone);
