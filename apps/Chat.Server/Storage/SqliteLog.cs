using Microsoft.Data.Sqlite;

namespace SmartClients.Chat.Server.Storage;

/// <summary>Writes messages within a transaction of its caller's.</summary>
internal sealed class SqliteLog(SqliteConnection writer, StoreLimits limits)
{
    public Appended Append(string room, ChatMessage message)
    {
        var id = writer.Number("SELECT id FROM room WHERE name = $room", ("$room", room));
        var last = id is null ? 0 : writer.Number("SELECT last FROM sender WHERE room = $room AND sender = $sender", ("$room", id), ("$sender", message.Sender)) ?? 0;
        if (message.Sequence > last + 1) return new Appended(AppendOutcome.Gap, last + 1);
        if (message.Sequence <= last) return new Appended(IsThere(id!.Value, message) ? AppendOutcome.Known : AppendOutcome.Conflict, last + 1);
        if (IsFull(id, last)) return new Appended(AppendOutcome.Full, last + 1);
        id ??= writer.Number("INSERT INTO room (name, last) VALUES ($room, 0) RETURNING id", ("$room", room));
        var position = writer.Number(
            """
            INSERT INTO message (room, sender, sequence, id, name, text, written)
            VALUES ($room, $sender, $sequence, $id, $name, $text, $written) RETURNING position
            """,
            ("$room", id), ("$sender", message.Sender), ("$sequence", message.Sequence), ("$id", message.Id), ("$name", message.Name),
            ("$text", message.Text), ("$written", message.Written));
        writer.Run("INSERT INTO sender (room, sender, last) VALUES ($room, $sender, $last) ON CONFLICT DO UPDATE SET last = excluded.last",
            ("$room", id), ("$sender", message.Sender), ("$last", message.Sequence));
        writer.Run("UPDATE room SET last = $last WHERE id = $room", ("$last", position), ("$room", id));
        return new Appended(AppendOutcome.Stored, message.Sequence + 1);
    }

    bool IsThere(long room, ChatMessage message) =>
        writer.Read(SqliteStore.EntryOf,
            "SELECT position, sender, sequence, id, name, text, written FROM message WHERE room = $room AND sender = $sender AND sequence = $sequence",
            ("$room", room), ("$sender", message.Sender), ("$sequence", message.Sequence)) is [var entry] && entry.Message.IsCopyOf(message);

    bool IsFull(long? room, long last) =>
        room is null ? writer.Number("SELECT count(*) FROM room") >= limits.Rooms
        : last == 0 && writer.Number("SELECT count(*) FROM sender WHERE room = $room", ("$room", room)) >= limits.SendersInRoom;
}
