using System.Text.Json.Serialization;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat;

/// <summary>How far each sender is known: up to which of its messages, all of them. Who has not written is at 0. Not safe for concurrent
/// use.</summary>
[JsonConverter(typeof(VersionVectorJson))]
public sealed class VersionVector
{
    /// <summary>The most senders that one may name: those of five servers that were cut off from each other, and took the most that each may.</summary>
    public const int MostSenders = 100_000;

    readonly Dictionary<string, long> last;

    /// <summary>One that knows nothing.</summary>
    public VersionVector() => last = new(StringComparer.Ordinal);

    VersionVector(Dictionary<string, long> last) => this.last = last;

    /// <summary>The last known message of a sender; 0 where none is.</summary>
    public long this[string sender] => last.GetValueOrDefault(sender);

    /// <summary>The senders known.</summary>
    public int Count => last.Count;

    /// <summary>The senders, each with its last known message.</summary>
    public IReadOnlyDictionary<string, long> Senders => last;

    /// <summary>Goes on to a sender's message, where that is further than what is known.</summary>
    public void Advance(string sender, long to)
    {
        if (to > this[sender]) last[sender] = to;
    }

    /// <summary>Goes on to all that another knows.</summary>
    public void Merge(VersionVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (sender, to) in other.last) Advance(sender, to);
    }

    /// <summary>Whether it knows all that another knows.</summary>
    public bool Covers(VersionVector other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (sender, to) in other.last)
            if (this[sender] < to) return false;
        return true;
    }

    /// <summary>Forgets all senders but some, with the memory that they took.</summary>
    internal void Keep(Func<string, long, bool> wanted)
    {
        foreach (var (sender, to) in last)
            if (!wanted(sender, to)) last.Remove(sender);
        last.TrimExcess();
    }

    /// <summary>One that goes its own way from here.</summary>
    public VersionVector Copy() => new(new Dictionary<string, long>(last, StringComparer.Ordinal));
}
