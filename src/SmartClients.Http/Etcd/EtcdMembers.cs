using System.Collections.Immutable;
using SmartClients.Naming;

namespace SmartClients.Http.Etcd;

/// <summary>The members of a service as far as etcd has told them: a range, and the changes since.</summary>
/// <param name="source">Where they come from, for people.</param>
/// <param name="rules">Which addresses are believed.</param>
/// <param name="ignored">Told of each key that holds no member, or one that is not believed.</param>
internal sealed class EtcdMembers(string source, AddressRules rules, Action ignored)
{
    // Sorted, so that the order of the members does not depend on the order in which they came.
    readonly SortedDictionary<string, Endpoint?> entries = new(StringComparer.Ordinal);

    /// <summary>The moment up to which everything is known; a watch begins after it.</summary>
    public long Revision { get; private set; }

    // Of the keys that are there, and of those that were seen to go.
    long newest;

    /// <summary>Begins anew with all keys there are.</summary>
    public void Replace(EtcdRange range)
    {
        entries.Clear();
        newest = 0;
        foreach (var entry in range.Entries) Set(entry);
        Revision = range.Revision;
    }

    public void Apply(IEnumerable<EtcdEntry> changes)
    {
        foreach (var change in changes)
        {
            Set(change);
            Revision = Math.Max(Revision, change.Revision);
        }
    }

    /// <summary>What to ask in order to compare: keys changed later than the newest that is known.</summary>
    public long After => newest + 1;

    /// <summary>Whether the answer to <see cref="After"/> shows nothing that is not known here.</summary>
    public bool Agrees(EtcdRange later) => later.Entries.IsEmpty && later.Count == entries.Count && later.Revision >= Revision;

    /// <summary>All members that can be read; <see langword="null"/> when there is none.</summary>
    public MemberSet? ToSet()
    {
        var members = entries.Values.OfType<Endpoint>().ToImmutableArray();
        return members.IsEmpty ? null : new MemberSet(members, source);
    }

    public int Unreadable => entries.Values.Count(member => member is null);

    void Set(EtcdEntry entry)
    {
        newest = Math.Max(newest, entry.Revision);
        if (entry.Value is null) entries.Remove(entry.Address);
        else entries[entry.Address] = Read(entry.Address, entry.Value);
    }

    // What somebody wrote there that is no member keeps nobody else from being one.
    Endpoint? Read(string address, byte[] value)
    {
        try
        {
            if (EtcdMember.Read(address, value) is var member && rules.Refuses(member) is null) return member;
        }
        catch (FormatException)
        {
            // Counted below.
        }
        ignored();
        return null;
    }
}
