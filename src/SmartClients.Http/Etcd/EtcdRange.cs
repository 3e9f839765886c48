using System.Collections.Immutable;

namespace SmartClients.Http.Etcd;

/// <summary>All keys of a service at one moment.</summary>
/// <param name="Entries">The keys that were asked for.</param>
/// <param name="Count">How many keys there are, asked for or not.</param>
/// <param name="Revision">The moment.</param>
internal sealed record EtcdRange(ImmutableArray<EtcdEntry> Entries, long Count, long Revision);
