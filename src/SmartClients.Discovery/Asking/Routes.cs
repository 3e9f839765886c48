using System.Net;
using System.Net.Sockets;

namespace SmartClients.Discovery.Asking;

/// <summary>Whether this machine has a route (RFC 6724, rule 1: avoid unusable destinations).</summary>
internal static class Routes
{
    const int AnyPort = 9;

    /// <summary>Asks the system's tables: connecting a datagram socket sends nothing.</summary>
    public static bool HasOne(IPAddress to)
    {
        try
        {
            using var socket = new Socket(to.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            socket.Connect(to, AnyPort);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
