namespace SmartClients.Chat.Server.Gossip;

/// <summary>A peer's rooms that cannot be taken: each is tried again after a pause that grows, and holds up no other. Not safe for concurrent use.</summary>
internal sealed class PutOffRooms(TimeProvider time)
{
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    readonly Dictionary<string, (RoomHead Head, long Since, TimeSpan Pause)> rooms = new(StringComparer.Ordinal);

    public int Count => rooms.Count;

    /// <summary>Those whose pause is over.</summary>
    public IReadOnlyList<RoomHead> Due => [.. rooms.Values.Where(room => time.GetElapsedTime(room.Since) >= room.Pause).Select(room => room.Head)];

    /// <summary>Whether a room that has changed is one of them; it is tried with what was last heard of it.</summary>
    public bool Holds(RoomHead head)
    {
        if (!rooms.TryGetValue(head.Room, out var room)) return false;
        rooms[head.Room] = room with { Head = head };
        return true;
    }

    /// <summary>It cannot be taken.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Add(RoomHead head)
    {
        var again = rooms.TryGetValue(head.Room, out var room);
        var pause = again ? 2 * room.Pause : FirstPause;
        rooms[head.Room] = (head, time.GetTimestamp(), pause < LongestPause ? pause : LongestPause);
        return !again;
    }

    /// <summary>It was taken.</summary>
    public void Remove(string room) => rooms.Remove(room);

    public void Clear() => rooms.Clear();
}
