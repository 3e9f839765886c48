namespace SmartClients.Bench.Replicas;

/// <summary>What a replica's process is started with.</summary>
/// <param name="Port">Where it listens; 0 for any.</param>
/// <param name="ProcessorShare">The part of each request that is work of the processor.</param>
/// <param name="RoundsPerMs">What a core of this machine does in a millisecond.</param>
/// <param name="Seed">Of which requests fail or pause.</param>
public sealed record ReplicaSettings(int Port, double ProcessorShare, double RoundsPerMs, int Seed);
