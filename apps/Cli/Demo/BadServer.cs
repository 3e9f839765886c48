using System.Net;
using System.Net.Sockets;
using SmartClients.Naming;

namespace SmartClients.Cli.Demo;

/// <summary>A server that fails in one way: what the rehearsal learns on.</summary>
internal sealed class BadServer : IDisposable
{
    /// <summary>The ways to fail.</summary>
    public enum Way
    {
        /// <summary>Nobody listens.</summary>
        Refuses,

        /// <summary>Takes the request and resets the connection.</summary>
        Resets,

        /// <summary>Resets the connection in the middle of the body.</summary>
        BreaksOff,

        /// <summary>Takes the request and says nothing.</summary>
        Hangs,

        /// <summary>Answers 500.</summary>
        Errs,
    }

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly List<Socket> held = [];
    readonly Way way;

    public BadServer(Way way)
    {
        this.way = way;
        listener.Start();
        Endpoint = new Endpoint("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        if (way == Way.Refuses) listener.Stop();
        else _ = AcceptAsync();
    }

    public Endpoint Endpoint { get; }

    async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync();
                lock (held) held.Add(socket);
                _ = ServeAsync(socket);
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The rehearsal is over.
        }
    }

    async Task ServeAsync(Socket socket)
    {
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) > 0)
            {
                if (way == Way.Hangs) continue;
                if (way == Way.Errs) await socket.SendAsync("HTTP/1.1 500 Broken\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
                if (way == Way.BreaksOff) await socket.SendAsync("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf"u8.ToArray());
                if (way == Way.Errs) continue;
                socket.LingerState = new LingerOption(true, 0);
                socket.Close();
                return;
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // The client went away.
        }
    }

    public void Dispose()
    {
        listener.Dispose();
        lock (held) held.ForEach(socket => socket.Dispose());
    }
}
