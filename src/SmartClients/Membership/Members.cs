using System.Collections.Immutable;
using SmartClients.Naming;

namespace SmartClients.Membership;

/// <summary>The group at one moment: an immutable snapshot, replaced whole.</summary>
/// <param name="Replicas">Every member, in the order of the source.</param>
/// <param name="Source">Where the set was learnt.</param>
/// <param name="LearnedAt">Nanoseconds of the director's clock.</param>
public sealed record Members(ImmutableArray<Replica> Replicas, string Source, long LearnedAt)
{
    /// <summary>Whether the source itself has still to be heard: see <see cref="MemberSet.IsHint"/>.</summary>
    public bool IsHint { get; init; }

    /// <summary>Nobody is known yet.</summary>
    public static Members None { get; } = new([], "nowhere", 0);

    Dictionary<string, Replica>? byAddress;

    /// <summary>The member at an address, or <see langword="null"/>.</summary>
    // Not a frozen one: that takes longer to make than a start may, and is asked too seldom to earn it back.
    public Replica? Find(string address) => (byAddress ??= ByAddress()).GetValueOrDefault(address);

    Dictionary<string, Replica> ByAddress()
    {
        var all = new Dictionary<string, Replica>(Replicas.Length);
        foreach (var replica in Replicas) all[replica.Endpoint.Address] = replica;
        return all;
    }

    /// <summary>Whether a set says nothing new: the same endpoints, in the same order, with the same metadata.</summary>
    internal bool Says(MemberSet set) =>
        set.Endpoints.Length == Replicas.Length && Replicas.Zip(set.Endpoints).All(pair => pair.First.Endpoint.IsAlike(pair.Second));

    /// <summary>The next snapshot: who stays keeps the replica object, with all that was learnt; so does who comes back.</summary>
    /// <param name="set">The whole new set.</param>
    /// <param name="departed">Replicas that left earlier and are still remembered.</param>
    /// <param name="now">Nanoseconds of the director's clock.</param>
    internal Members Next(MemberSet set, IReadOnlyDictionary<string, Replica> departed, long now)
    {
        var next = new Dictionary<string, Replica>(set.Endpoints.Length);
        foreach (var endpoint in set.Endpoints)
        {
            var replica = Find(endpoint.Address) ?? departed.GetValueOrDefault(endpoint.Address) ?? new Replica(endpoint);
            replica.Endpoint = endpoint;
            next[endpoint.Address] = replica;
        }
        return new Members([.. next.Values], set.Source, now) { IsHint = set.IsHint };
    }
}
