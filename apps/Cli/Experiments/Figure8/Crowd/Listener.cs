using System.Collections.Concurrent;
using SmartClients.Chat;
using SmartClients.Naming;

namespace SmartClients.Cli.Experiments.Figure8.Crowd;

/// <summary>Reads a room, and notes when what came, and who served when.</summary>
internal sealed class Listener(ChatRoom room, TimeProvider time) : IAsyncDisposable
{
    readonly ConcurrentDictionary<string, long> arrived = [];
    readonly ConcurrentQueue<(Endpoint Server, long At)> served = [];
    readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    Task reading = Task.CompletedTask;
    long last;
    int faults;

    /// <summary>Who served, from when on.</summary>
    public IReadOnlyCollection<(Endpoint Server, long At)> Served => served;

    /// <summary>Who serves now, or did last.</summary>
    public Endpoint Server => served.Last().Server;

    /// <summary>Messages that came twice, or after one that was written later.</summary>
    public int Faults => Volatile.Read(ref faults);

    /// <summary>When a message came; <see langword="null"/> while it has not.</summary>
    public long? Arrived(string id) => arrived.TryGetValue(id, out var at) ? at : null;

    /// <summary>Begins, and returns once a server serves.</summary>
    /// <exception cref="IOException">None does.</exception>
    public async Task BeginAsync(TimeSpan patience, CancellationToken cancel)
    {
        reading = ReadAsync();
        try
        {
            await joined.Task.WaitAsync(patience, time, cancel);
        }
        catch (TimeoutException)
        {
            throw new IOException($"No chat server let a reader in within {patience.TotalSeconds:0} s.");
        }
    }

    async Task ReadAsync()
    {
        await foreach (var happened in room.EventsAsync())
        {
            var now = time.GetTimestamp();
            if (happened is MessageArrived { Message: var message })
            {
                if (!arrived.TryAdd(message.Id, now) || message.Sequence <= last) Interlocked.Increment(ref faults);
                last = message.Sequence;
            }
            else if (happened is ServedBy { Server: var server })
            {
                served.Enqueue((server, now));
                joined.TrySetResult();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await room.DisposeAsync();
        await reading;
    }
}
