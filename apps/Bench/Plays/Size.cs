namespace SmartClients.Bench.Plays;

/// <summary>How large a play may be: what a machine can do without its processors having a say in who wins.</summary>
/// <param name="Replicas">The most replicas; a larger scenario sends a sample.</param>
/// <param name="Clients">The most clients.</param>
/// <param name="PerSecond">Requests a second at the scenario's usual rate.</param>
/// <param name="Seconds">How long the scenario's day takes, the warm-up included.</param>
/// <param name="Work">What a replica does while it serves.</param>
public sealed record Size(int Replicas, int Clients, double PerSecond, double Seconds, WorkKind Work);
