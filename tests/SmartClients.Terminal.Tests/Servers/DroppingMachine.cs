using System.Net;
using System.Net.Sockets;

namespace SmartClients.Terminals.Tests.Servers;

/// <summary>A machine with a telnet server that greets whoever connects, and drops him as soon as he has said something.</summary>
internal sealed class DroppingMachine : IAsyncDisposable
{
    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly Task serving;
    int connections;

    public DroppingMachine()
    {
        listener.Start();
        serving = ServeAsync();
    }

    public string Address => $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";

    /// <summary>How many there were.</summary>
    public int Connections => Volatile.Read(ref connections);

    async Task ServeAsync()
    {
        while (true)
        {
            using var client = await listener.AcceptSocketAsync();
            Interlocked.Increment(ref connections);
            // It wants to know the window's size (RFC 1073), which is answered.
            await client.SendAsync((byte[])[.. "welcome\r\n"u8, 255, 253, 31]);
            _ = await client.ReceiveAsync(new byte[16]);
            client.Close(0);
        }
    }

    public async ValueTask DisposeAsync()
    {
        listener.Stop();
        await serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
