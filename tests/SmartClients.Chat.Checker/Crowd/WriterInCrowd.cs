using SmartClients.Chat.Checker.Recording;

namespace SmartClients.Chat.Checker.Crowd;

/// <summary>Somebody who writes a line every now and then.</summary>
internal sealed class WriterInCrowd(string name, Director director, HttpMessageHandler handler, Record record, TimeProvider time, Random random) : IAsyncDisposable
{
    readonly ChatRoom room = ChatRoom.Join(director, CheckedRoom.Name, new ChatRoomOptions { Name = name, Read = false, Handler = new RecordingHandler(record, handler) });
    OwnMessage? last;

    public async Task WriteAsync(TimeSpan pause, CancellationToken stop)
    {
        for (var number = 1; !stop.IsCancellationRequested; number++)
        {
            var text = $"{name} {number}";
            last = record.Write(name, number, () => room.Send(text));
            await Task.Delay(pause * (0.5 + random.NextDouble()), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits until all that it wrote is acknowledged.</summary>
    public Task SettledAsync() => last?.Settled ?? Task.CompletedTask;

    public async ValueTask DisposeAsync() => await room.DisposeAsync();
}
