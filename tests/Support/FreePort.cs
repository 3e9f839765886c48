using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace SmartClients.Testing;

/// <summary>A loopback port on which nobody listens, and which the system gives to nobody: those that it chooses itself, for connections and
/// for who listens on port 0, begin at 32768.</summary>
internal static class FreePort
{
    const int First = 10_000;
    const int Last = 32_000;

    static readonly HashSet<int> Given = [];

    public static int Find()
    {
        lock (Given)
            while (true)
            {
                var port = RandomNumberGenerator.GetInt32(First, Last);
                if (Given.Add(port) && IsFree(port)) return port;
            }
    }

    static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
