using SmartClients.Chat.Wire;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;

namespace SmartClients.Chat.Reading;

/// <summary>The request that opens a room at a server: done once that has said hello, in flight until the stream ends.</summary>
internal readonly struct OpenStream(Director director, HttpMessageInvoker client, string room, ChatRoomOptions options, ReadRequest request) : IRequest<RoomStream>
{
    public async ValueTask<RoomStream> SendAsync(Attempt attempt, CancellationToken cancel)
    {
        var server = attempt.Endpoint;
        var stream = options.Transport == ChatTransport.WebSocket
            ? await WebSocketStream.OpenAsync(server, options, room, request, cancel).ConfigureAwait(false)
            : await EventStream.OpenAsync(client, server, options.Scheme, room, request, cancel).ConfigureAwait(false);
        try
        {
            await stream.BeginAsync(attempt, cancel).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Outcome Judge(RoomStream result) => Outcome.Success;

    public Outcome Judge(Exception error) => error switch
    {
        JoinRefusedException => Outcome.Fault(error),
        InvalidDataException => Outcome.Failure(Delivery.MayHaveExecuted, error.Message, error) with { Answered = true },
        // What a browser says of a connection that it could not make, where nobody made an exception of the platform's of it.
        System.Runtime.InteropServices.JavaScript.JSException => Outcome.Failure(Delivery.MayHaveExecuted, error.Message, error),
        _ => director.Judge(error),
    };

    public void Discard(RoomStream result) => _ = DiscardAsync(result);

    static async Task DiscardAsync(RoomStream result)
    {
        if (result is not null) await result.DisposeAsync().ConfigureAwait(false);
    }

    public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;
}
