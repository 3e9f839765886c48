using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Storage;

namespace SmartClients.Chat.Server.Rooms;

/// <summary>The rooms that have readers, and the store's changes on their way to these.</summary>
internal sealed partial class RoomTable : IDisposable
{
    readonly ConcurrentDictionary<string, Room> rooms = new(StringComparer.Ordinal);
    readonly CancellationTokenSource stop = new();
    readonly RoomStore store;
    readonly ILogger<RoomTable> log;

    public RoomTable(RoomStore store, ILogger<RoomTable> log)
    {
        (this.store, this.log) = (store, log);
        store.Changed += Changed;
        store.BegunAnew += BegunAnew;
    }

    /// <summary>Readers in all rooms.</summary>
    public int Readers => readers;

    int readers;

    public IEnumerable<Room> All => rooms.Values;

    public Room? Find(string name) => rooms.GetValueOrDefault(name);

    /// <summary>A reader comes.</summary>
    public Room Enter(string name, Presence presence)
    {
        Interlocked.Increment(ref readers);
        while (true)
        {
            var room = rooms.GetOrAdd(name, static (name, store) => new Room(name, store), store);
            lock (room)
            {
                // It may have been given up by its last reader since.
                if (rooms.GetValueOrDefault(name) != room) continue;
                room.Enter(presence);
                return room;
            }
        }
    }

    /// <summary>A reader goes; the last one takes the room's memory along.</summary>
    public void Leave(Room room, Presence presence)
    {
        Interlocked.Decrement(ref readers);
        lock (room)
        {
            if (room.Leave(presence)) rooms.TryRemove(KeyValuePair.Create(room.Name, room));
        }
    }

    /// <summary>Looks for what the store may have failed to tell, or what could not be read when it did.</summary>
    public void LookAgain()
    {
        foreach (var room in All) _ = PumpAsync(room);
    }

    void Changed(string name)
    {
        if (rooms.TryGetValue(name, out var room)) _ = PumpAsync(room);
    }

    // Readers come back with what they have, to rooms that are read anew.
    void BegunAnew()
    {
        Lost();
        foreach (var room in All)
            lock (room)
            {
                rooms.TryRemove(KeyValuePair.Create(room.Name, room));
                foreach (var reader in room.Here)
                {
                    reader.Reason = "the store has lost messages: its rooms begin anew";
                    _ = reader.Shed.CancelAsync();
                }
            }
    }

    async Task PumpAsync(Room room)
    {
        try
        {
            await room.PumpAsync(stop.Token);
        }
        catch (Exception)
        {
            // The server ends; or the store cannot be read, and will be looked at again.
        }
    }

    public void Dispose()
    {
        store.Changed -= Changed;
        store.BegunAnew -= BegunAnew;
        stop.Cancel();
        stop.Dispose();
    }

    [LoggerMessage(LogLevel.Error, "The store has lost messages, or is another one: its rooms begin anew. Is Redis set to 'appendonly yes'?")]
    partial void Lost();
}
