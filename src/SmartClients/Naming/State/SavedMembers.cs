using System.Collections.Immutable;

namespace SmartClients.Naming.State;

/// <summary>A group's members as they were last known.</summary>
/// <param name="Endpoints">At least one; at most <see cref="MemberSet.Most"/>.</param>
/// <param name="Source">Where they were learnt, for people.</param>
/// <param name="Learned">When.</param>
public sealed record SavedMembers(ImmutableArray<Endpoint> Endpoints, string Source, DateTimeOffset Learned);
