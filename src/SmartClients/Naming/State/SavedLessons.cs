using System.Collections.Immutable;

namespace SmartClients.Naming.State;

/// <summary>What a director had learnt of a group.</summary>
/// <param name="Typical">The group's median latency; <see langword="null"/> when nothing was measured.</param>
/// <param name="Replicas">What was learnt of each.</param>
public sealed record SavedLessons(TimeSpan? Typical, ImmutableArray<SavedReplica> Replicas);
