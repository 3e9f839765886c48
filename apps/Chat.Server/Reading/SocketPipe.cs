using System.Net.WebSockets;

namespace SmartClients.Chat.Server.Reading;

/// <summary>Over a WebSocket: what is sent at once is one text message.</summary>
internal sealed class SocketPipe(WebSocket socket) : ReaderPipe
{
    public override ValueTask SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel) =>
        socket.SendAsync(lines[..^1], WebSocketMessageType.Text, endOfMessage: true, cancel);
}
