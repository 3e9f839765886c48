using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace SmartClients.Cli.Experiments.Links;

/// <summary>A stretch of network between a port of its own and a server's, which can be made to carry nothing, as a network does that is
/// cut: what is connected stays so, and nothing comes.</summary>
internal sealed class Stretch : IAsyncDisposable
{
    const int Waiting = 512;

    readonly TcpListener listener = new(IPAddress.Loopback, 0);
    readonly CancellationTokenSource stop = new();
    readonly ConcurrentDictionary<Task, byte> running = new();
    readonly Task accepting;
    volatile TaskCompletionSource open = Opened();
    volatile int target;

    /// <summary>Takes connections from now on.</summary>
    /// <param name="target">The server's port on this machine; 0 where it is not known yet.</param>
    public Stretch(int target = 0)
    {
        this.target = target;
        listener.Start(Waiting);
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Where new connections lead to from now on.</summary>
    public void LeadTo(int port) => target = port;

    /// <summary>From now on nothing passes.</summary>
    public void Cut()
    {
        if (open.Task.IsCompleted) open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>From now on everything passes, what was held up first.</summary>
    public void Heal() => open.TrySetResult();

    async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                var carrying = CarryAsync(client);
                running.TryAdd(carrying, 0);
                _ = carrying.ContinueWith(ended => running.TryRemove(ended, out _), TaskScheduler.Default);
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // It ends, or one connection came to nothing.
            }
        }
    }

    async Task CarryAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await open.Task.WaitAsync(stop.Token);
                await server.ConnectAsync(IPAddress.Loopback, target, stop.Token);
                (client.NoDelay, server.NoDelay) = (true, true);
                // Where one side ends, the other hears of it: both ends are closed.
                await Task.WhenAny(PumpAsync(client.GetStream(), server.GetStream()), PumpAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or InvalidOperationException)
            {
                // As a broken connection does: both ends are closed.
            }
        }
    }

    async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[16 << 10];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, stop.Token)) > 0)
            {
                await open.Task.WaitAsync(stop.Token);
                await to.WriteAsync(buffer.AsMemory(0, count), stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The connection has broken.
        }
        await open.Task.WaitAsync(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(running.Keys);
        stop.Dispose();
    }
}
