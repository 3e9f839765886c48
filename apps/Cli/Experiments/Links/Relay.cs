using System.Net;
using System.Net.Sockets;

namespace SmartClients.Cli.Experiments.Links;

/// <summary>Listens at an address and hands every connection on to the same port of another one; what comes back from there goes over a link.</summary>
internal sealed class Relay : IAsyncDisposable
{
    // About five packets: connections that share the link take turns as often as that.
    const int Chunk = 8 << 10;

    readonly CancellationTokenSource ending = new();
    readonly List<Socket> listeners = [];
    readonly List<Task> listening = [];
    readonly SharedLink link;

    /// <summary>Listens from now on.</summary>
    /// <exception cref="SocketException">It cannot.</exception>
    public Relay(IPAddress at, IPAddress to, IEnumerable<int> ports, SharedLink link)
    {
        this.link = link;
        try
        {
            foreach (var port in ports)
            {
                var listener = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                listeners.Add(listener);
                listener.Bind(new IPEndPoint(at, port));
                listener.Listen();
                listening.Add(ListenAsync(listener, new IPEndPoint(to, port)));
            }
        }
        catch
        {
            foreach (var listener in listeners) listener.Dispose();
            throw;
        }
    }

    async Task ListenAsync(Socket listener, IPEndPoint to)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptAsync(ending.Token);
                serving.RemoveAll(one => one.IsCompleted);
                serving.Add(ServeAsync(client, to));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    async Task ServeAsync(Socket client, IPEndPoint to)
    {
        using var near = client;
        using var far = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ending.Token);
        try
        {
            await far.ConnectAsync(to, both.Token);
            await Task.WhenAll(PumpAsync(near, far, null, both), PumpAsync(far, near, link, both));
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            // One side is gone: so is the other.
        }
    }

    static async Task PumpAsync(Socket from, Socket to, SharedLink? link, CancellationTokenSource both)
    {
        var buffer = new byte[Chunk];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, both.Token)) > 0;)
            {
                if (link is not null) await link.SendAsync(read, both.Token);
                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), both.Token);
            }
            to.Shutdown(SocketShutdown.Send);
        }
        catch
        {
            await both.CancelAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        foreach (var listener in listeners) listener.Dispose();
        await Task.WhenAll(listening);
        ending.Dispose();
    }
}
