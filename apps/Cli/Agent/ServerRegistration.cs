using System.Net.Sockets;
using SmartClients.Cli.Shell;
using SmartClients.Http.Etcd;

namespace SmartClients.Cli.Agent;

/// <summary>Keeps a server that knows nothing of it among the members of a service, for as long as its port takes connections.</summary>
/// <param name="registration">Where, and as what.</param>
/// <param name="interval">Between two looks at the port.</param>
/// <param name="time">The clock.</param>
internal sealed class ServerRegistration(EtcdRegistration registration, TimeSpan interval, TimeProvider time)
{
    // One connection may be refused for want of room.
    const int MissesToLeave = 2;

    static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(2);

    /// <summary>Looks after the server until stopped, and takes it out then.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        registration.Changed += Tell;
        CancellationTokenSource? leaving = null;
        var (registered, misses) = (Task.CompletedTask, 0);
        while (!stop.IsCancellationRequested)
        {
            misses = await AcceptsAsync(stop) ? 0 : misses + 1;
            if (misses == 0 && leaving is null)
            {
                leaving = CancellationTokenSource.CreateLinkedTokenSource(stop);
                registered = registration.RunAsync(leaving.Token);
            }
            else if (misses == 1 && leaving is null) Messages.Note($"{registration.Server} takes no connections: it is not registered");
            else if (misses >= MissesToLeave && leaving is not null)
            {
                await leaving.CancelAsync();
                await registered;
                leaving.Dispose();
                leaving = null;
            }
            await Task.Delay(interval, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await registered;
        leaving?.Dispose();
    }

    async Task<bool> AcceptsAsync(CancellationToken stop)
    {
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(registration.Server.Host, registration.Server.Port, either.Token);
            return true;
        }
        catch (Exception error) when (error is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    static void Tell(EtcdRegistration changed) => Messages.Note(
        changed.Trouble is { } trouble ? $"{changed.Server} cannot be registered, or kept so; it is tried again: {trouble.Message}"
        : changed.IsRegistered ? $"{changed.Server} is registered as {changed}"
        : $"{changed.Server} is registered no more");
}
