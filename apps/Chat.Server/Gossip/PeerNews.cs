using System.Collections.Concurrent;

namespace SmartClients.Chat.Server.Gossip;

/// <summary>What one peer was last heard to have. Safe for concurrent use.</summary>
internal sealed class PeerNews
{
    static readonly People Nobody = new(0, []);

    readonly ConcurrentDictionary<string, VersionVector> rooms = new(StringComparer.Ordinal);
    volatile IReadOnlyDictionary<string, People> people = new Dictionary<string, People>();
    volatile string? store;
    TaskCompletionSource asks = New();

    /// <summary>Its store, as it last told; also while it does not answer.</summary>
    public string? Store
    {
        get => store;
        set => store = value;
    }

    /// <summary>When the last question after which this server had all that it has was asked, by the clock's timestamp; 0 before the first.</summary>
    public long Pulled;

    /// <summary>Completes when it next asks this server something. Taken before one looks.</summary>
    public Task Asks => Volatile.Read(ref asks).Task;

    /// <summary>It asks something.</summary>
    public void Asked() => Interlocked.Exchange(ref asks, New()).TrySetResult();

    /// <summary>Up to which of a sender's messages it has them.</summary>
    public long Has(string room, string sender) => rooms.TryGetValue(room, out var have) ? have[sender] : 0;

    /// <summary>Who is in a room there.</summary>
    public People People(string room) => people.GetValueOrDefault(room, Nobody);

    /// <summary>It has told what it has of a room. The vector is not changed any more.</summary>
    public void Told(string room, VersionVector have) => rooms[room] = have;

    /// <summary>It has told who is there; nobody when it does not answer.</summary>
    /// <returns>The rooms where that is news.</returns>
    public IReadOnlyCollection<string> Told(IReadOnlyDictionary<string, People> now)
    {
        var before = people;
        people = now;
        return [.. before.Keys.Union(now.Keys).Where(room => !Same(before.GetValueOrDefault(room), now.GetValueOrDefault(room)))];
    }

    /// <summary>It has lost what it had.</summary>
    public void Forget() => rooms.Clear();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    static bool Same(People? one, People? other) => one is not null && other is not null && one.Count == other.Count && one.Names.SequenceEqual(other.Names);
}
