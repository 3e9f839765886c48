using System.Net;
using System.Net.Sockets;

namespace SmartClients.Benchmarks.Servers;

/// <summary>A port that was free a moment ago, for programs that cannot choose one themselves.</summary>
static class FreePort
{
    public static int Find()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
