using SmartClients.Chat.Checker.Recording;

namespace SmartClients.Chat.Checker.Crowd;

/// <summary>Somebody who reads along.</summary>
internal sealed class ReaderInCrowd : IAsyncDisposable
{
    readonly TaskCompletionSource joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly ChatRoom room;
    readonly Task reading;
    int moves;

    public ReaderInCrowd(Director director, HttpMessageHandler handler, ReaderRecord record, ChatTransport transport, bool fromTheStart)
    {
        Record = record;
        room = ChatRoom.Join(director, CheckedRoom.Name, new ChatRoomOptions
        {
            History = 0,
            Handler = handler,
            Transport = transport,
            State = fromTheStart ? new ChatState { Secret = SenderKey.Create().Secret, Have = new VersionVector() } : null,
        });
        reading = ReadAsync();
    }

    public ReaderRecord Record { get; }

    /// <summary>Completes once a server has let it in.</summary>
    public Task Joined => joined.Task;

    /// <summary>How often it went on at another server, or the same again.</summary>
    public int Moves => Volatile.Read(ref moves);

    /// <summary>Why it reads no more; <see langword="null"/> while it does.</summary>
    public string? Ended { get; private set; }

    async Task ReadAsync()
    {
        await foreach (var happened in room.EventsAsync())
        {
            if (happened is MessageArrived { Message: var message }) Record.Got(message);
            else if (happened is ServedBy { Moved: var moved })
            {
                if (moved) Interlocked.Increment(ref moves);
                joined.TrySetResult();
            }
            else if (happened is Ended { Reason: var reason }) Ended = reason;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await room.DisposeAsync();
        await reading;
    }
}
