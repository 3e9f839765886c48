using System.Text;
using SmartClients.Chat;

namespace SmartClients.Cli.Chat;

/// <summary>
/// Reads and writes once over a new server's own address, before it says that it is ready: somebody who comes from a server that has
/// just died must not wait until what serves is compiled. Nothing is kept of it: the message that is written leaves a gap.
/// </summary>
internal sealed class ChatRehearsal(Uri server, TimeProvider time)
{
    const string Room = "rehearsal";

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Does it, within its time; what goes wrong is for the first who come to find out.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stop);
        try
        {
            await using var director = Director.For("list:" + server.Authority, ChatService.Options with { Time = time, Telemetry = false });
            foreach (var transport in Enum.GetValues<ChatTransport>()) await ReadAsync(director, transport, either.Token);
            await WriteAsync(either.Token);
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException)
        {
            // A store that is away, say.
        }
    }

    static async Task ReadAsync(Director director, ChatTransport transport, CancellationToken cancel)
    {
        await using var room = ChatRoom.Join(director, Room, new ChatRoomOptions { Transport = transport });
        await foreach (var happened in room.EventsAsync(cancel))
            if (happened is ServedBy or Ended) return;
    }

    async Task WriteAsync(CancellationToken cancel)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = server };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/rooms/{Room}/messages");
        request.Headers.Add("Idempotency-Key", Room);
        request.Content = new StringContent($$"""{"secret":"{{SenderKey.Create().Secret}}","sequence":2,"name":"{{Room}}","text":"{{Room}}"}""", Encoding.UTF8, "application/json");
        using var reply = await client.SendAsync(request, cancel);
    }
}
