using System.Buffers;
using System.Net.WebSockets;
using System.Text.Json;
using SmartClients.Chat.Wire;
using SmartClients.Naming;

namespace SmartClients.Chat.Reading;

/// <summary>A room over a WebSocket: a text message holds one frame or several, a line each.</summary>
internal sealed class WebSocketStream : RoomStream
{
    // One for all sockets of the process: making it anew for each would take its time just when a server has died. In a browser there is none.
    static readonly HttpMessageInvoker? All = OperatingSystem.IsBrowser() ? null : new HttpMessageInvoker(Handlers.NewForSockets());

    readonly ClientWebSocket socket;
    readonly ArrayBufferWriter<byte> buffer = new(4096);
    int read;

    WebSocketStream(ClientWebSocket socket) => this.socket = socket;

    public static async ValueTask<RoomStream> OpenAsync(Endpoint server, ChatRoomOptions options, string room, ReadRequest request, CancellationToken cancel)
    {
        var socket = new ClientWebSocket();
        var sockets = options.SocketHandler is { } handler ? new HttpMessageInvoker(handler, disposeHandler: false) : All;
        try
        {
            await socket.ConnectAsync(new Uri($"{(options.Scheme == "https" ? "wss" : "ws")}://{server.Authority ?? server.Address}/v1/rooms/{room}/socket"), sockets, cancel).ConfigureAwait(false);
            var first = JsonSerializer.SerializeToUtf8Bytes(request, ChatJson.Plain.ReadRequest);
            await socket.SendAsync(first, WebSocketMessageType.Text, endOfMessage: true, cancel).ConfigureAwait(false);
            return new WebSocketStream(socket) { Server = server };
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    protected override async ValueTask<ReadOnlyMemory<byte>?> LineAsync(CancellationToken cancel)
    {
        if (read >= buffer.WrittenCount && !await ReceiveAsync(cancel).ConfigureAwait(false)) return null;
        var rest = buffer.WrittenMemory[read..];
        var end = rest.Span.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        read += line.Length + 1;
        return line;
    }

    async ValueTask<bool> ReceiveAsync(CancellationToken cancel)
    {
        buffer.ResetWrittenCount();
        read = 0;
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer.GetMemory(4096), cancel).ConfigureAwait(false);
            if (part.MessageType == WebSocketMessageType.Close) return false;
            if (part.MessageType != WebSocketMessageType.Text) throw new InvalidDataException("it sent what is no text");
            buffer.Advance(part.Count);
            if (buffer.WrittenCount > MostFrame) throw new InvalidDataException($"it sent more than {MostFrame:N0} bytes at once");
            if (part.EndOfMessage) return true;
        }
    }

    protected override ValueTask CloseAsync()
    {
        // Not with a handshake, which would wait for a server that may be gone.
        socket.Dispose();
        return default;
    }
}
