using System.Net.Sockets;
using SmartClients.Naming;
using SmartClients.Terminals.Local;
using SmartClients.Terminals.Sessions;
using SmartClients.Terminals.Shells;

namespace SmartClients.Terminals.Telnet;

/// <summary>Machines reached by telnet.</summary>
internal sealed class TelnetProtocol(TelnetSettings settings, TimeProvider time) : Protocol
{
    public override bool BringsBack => settings.Integrate;

    public override async ValueTask<Connection> OpenAsync(Endpoint endpoint, ShellState state, Screen screen, WindowSize size, bool isFirst, CancellationToken cancel)
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            using var late = new CancellationTokenSource(settings.Connect, time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
            await client.ConnectAsync(endpoint.Host, endpoint.Port, both.Token);
            return new TelnetConnection(client, endpoint, this, settings, state, screen, size, time);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            client.Dispose();
            throw new Outcomes.RequestException("cannot connect in time", Outcomes.Delivery.NeverSent);
        }
        catch (SocketException error)
        {
            client.Dispose();
            // Even where it was reset: nobody was greeted yet.
            throw new Outcomes.RequestException(error.Message, Outcomes.Delivery.NeverSent);
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    public override async Task<bool?> LivesAsync(Endpoint endpoint, TimeSpan limit, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
        var connected = false;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(endpoint.Host, endpoint.Port, both.Token);
            connected = true;
            return await client.GetStream().ReadAsync(new byte[1], both.Token) > 0;
        }
        catch (Exception error) when (error is SocketException or IOException or OperationCanceledException)
        {
            cancel.ThrowIfCancellationRequested();
            // A service that waits for its client to speak shows nothing by its silence.
            return connected && error is OperationCanceledException ? null : false;
        }
    }
}
