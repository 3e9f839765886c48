namespace SmartClients.Simulation;

/// <summary>What an oracle sees of a replica, and no real client could.</summary>
/// <param name="Requests">Sent there and not answered, by all clients, those on their way included.</param>
/// <param name="Cores">Its cores.</param>
/// <param name="Speed">What each of them does now, in parts of a core at full speed.</param>
public readonly record struct QueueView(int Requests, int Cores, double Speed);
