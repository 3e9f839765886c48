using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat.Server.Rooms;

/// <summary>A room while it has readers: the end of its log, and the signal that wakes them. Safe for concurrent use.</summary>
#pragma warning disable CA1001 // A semaphore whose wait handle nobody asks for holds nothing that needs disposing.
internal sealed class Room(string name, RoomStore store)
#pragma warning restore CA1001
{
    const int Page = 256;

    readonly Lock gate = new();
    readonly HashSet<Presence> here = [];
    readonly SemaphoreSlim loading = new(1);
    readonly string identity = store.Identity;
    TaskCompletionSource signal = New();
    volatile Window? window;
    (int Version, byte[] Line)? peopleLine;
    int dirty;

    public string Name => name;

    /// <summary>The end of the log; <see langword="null"/> before the first reader has had it loaded.</summary>
    public Window? Window => window;

    /// <summary>Who reads here.</summary>
    public int Readers
    {
        get
        {
            lock (gate) return here.Count;
        }
    }

    /// <summary>Rises when somebody comes or goes, here or at a peer.</summary>
    public int PeopleVersion { get; private set; }

    /// <summary>Completes at the next change of anything. Taken before one looks.</summary>
    public Task Signal
    {
        get
        {
            lock (gate) return signal.Task;
        }
    }

    public void Enter(Presence presence)
    {
        lock (gate)
        {
            here.Add(presence);
            if (presence.Name is not null) PeopleVersion++;
        }
    }

    /// <returns>Whether nobody is left.</returns>
    public bool Leave(Presence presence)
    {
        lock (gate)
        {
            here.Remove(presence);
            if (presence.Name is not null) PeopleVersion++;
            return here.Count == 0;
        }
    }

    /// <summary>Those who have a name.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            lock (gate) return [.. here.Where(one => one.Name is not null).Select(one => one.Name!)];
        }
    }

    public IReadOnlyList<Presence> Here
    {
        get
        {
            lock (gate) return [.. here];
        }
    }

    /// <summary>Who is here, as a line for readers: found out once for all of them.</summary>
    public byte[] PeopleLine(PeerBoard peers)
    {
        int version;
        lock (gate)
        {
            if (peopleLine is { } known && known.Version == PeopleVersion) return known.Line;
            version = PeopleVersion;
        }
        var line = Line.Encode(new Frame { People = peers.People(this) });
        lock (gate) peopleLine = (version, line);
        return line;
    }

    /// <summary>Others came or went at a peer.</summary>
    public void PeopleChanged()
    {
        lock (gate) PeopleVersion++;
    }

    /// <summary>Wakes every reader.</summary>
    public void Wake()
    {
        TaskCompletionSource woken;
        lock (gate) (woken, signal) = (signal, New());
        woken.TrySetResult();
    }

    /// <summary>Loads the end of the log where nobody has yet.</summary>
    public async ValueTask<Window> LoadAsync(CancellationToken cancel)
    {
        if (window is { } loaded) return loaded;
        await loading.WaitAsync(cancel);
        try
        {
            if (window is { } meanwhile) return meanwhile;
            return window = await store.LastAsync(name, 1, cancel) is [var end] ? Rooms.Window.At(end.Position, end.Message) : Rooms.Window.At(0, null);
        }
        finally
        {
            loading.Release();
        }
    }

    /// <summary>The store has more: takes it into the window, in order, whoever is first to come here for all who come meanwhile.</summary>
    public async Task PumpAsync(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref dirty, 1) == 1) return;
        await loading.WaitAsync(cancel);
        try
        {
            Volatile.Write(ref dirty, 0);
            if (window is not { } old) return;
            if (store.IsShared && !await HoldsAsync(old, cancel))
            {
                await store.BeginAnewAsync(identity, cancel);
                return;
            }
            while (await store.ReadAsync(name, old.Last, Page, cancel) is { Count: > 0 } more)
            {
                window = old = old.With([.. more.Select(entry => new Line(entry))]);
                Wake();
            }
        }
        finally
        {
            loading.Release();
        }
    }

    // Redis may come back without the last that it had: what it writes then has positions that were somebody else's.
    async ValueTask<bool> HoldsAsync(Window old, CancellationToken cancel) =>
        old.End is null || await store.ReadAsync(name, old.Last - 1, 1, cancel) is [var end] && end.Position == old.Last && end.Message == old.End;

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
