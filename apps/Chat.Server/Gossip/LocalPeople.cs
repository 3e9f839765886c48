using SmartClients.Chat.Server.Rooms;

namespace SmartClients.Chat.Server.Gossip;

/// <summary>Who is in which room at this server, for its peers.</summary>
internal sealed class LocalPeople(RoomTable rooms, TimeProvider time)
{
    const int MostRooms = 1000;
    const int MostNames = 50;

    // Of all names together, in UTF-16: at most half a megabyte of JSON.
    const int MostCharacters = 80_000;

    // Counted anew at most so often, however many peers ask.
    static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(200);

    readonly Lock gate = new();
    Dictionary<string, People> known = [];
    long version = 1;
    long at;

    /// <summary>The people, and the version that rises when they change.</summary>
    public (long Version, IReadOnlyDictionary<string, People> People) Now()
    {
        lock (gate)
        {
            if (at != 0 && time.GetElapsedTime(at) < Fresh) return (version, known);
            at = time.GetTimestamp();
            var left = MostCharacters;
            var now = rooms.All.Take(MostRooms).Select(room => (room.Name, room.Names)).Where(room => room.Names.Count > 0)
                .ToDictionary(room => room.Name, room => new People(room.Names.Count, [.. room.Names.Order(StringComparer.Ordinal).Take(MostNames).TakeWhile(name => (left -= name.Length) >= 0)]));
            if (now.Count != known.Count || now.Any(room => !known.TryGetValue(room.Key, out var old) || !Same(old, room.Value))) (known, version) = (now, version + 1);
            return (version, known);
        }
    }

    static bool Same(People one, People other) => one.Count == other.Count && one.Names.SequenceEqual(other.Names);
}
