using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace SmartClients.Chat.Server.Serving;

/// <summary>Connections whose other end has vanished without a word: what is sent and not confirmed for so long ends them. What beats are
/// sent would fill no buffer for hours.</summary>
internal static class HalfOpen
{
    // RFC 5482, as Linux numbers it; an accepted connection has it from the one that listens.
    const int Tcp = 6;
    const int UserTimeout = 18;

    public static void Shed(SocketTransportOptions transport, TimeSpan after) => transport.CreateBoundListenSocket = endpoint =>
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (OperatingSystem.IsLinux() && endpoint is IPEndPoint) socket.SetRawSocketOption(Tcp, UserTimeout, BitConverter.GetBytes((int)after.TotalMilliseconds));
        return socket;
    };
}
