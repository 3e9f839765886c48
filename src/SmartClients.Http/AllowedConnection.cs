using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using SmartClients.Naming;
using SmartClients.Outcomes;

namespace SmartClients.Http;

/// <summary>A connection to what the rules of addresses allow, whatever name it hides behind: what is looked at is what is connected to.</summary>
internal static class AllowedConnection
{
    /// <summary>Opens one.</summary>
    /// <param name="to">The host, a name or an address, and the port.</param>
    /// <param name="rules">Which addresses are allowed; any where <see langword="null"/>.</param>
    /// <param name="find">Finds the addresses of a host.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="RequestException">The host has no address that is allowed; nothing was sent.</exception>
    public static async ValueTask<Stream> OpenAsync(
        DnsEndPoint to, AddressRules? rules, Func<string, CancellationToken, Task<IPAddress[]>> find, CancellationToken cancel)
    {
        // As the platform does it: both families, no delay.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (rules is null) await socket.ConnectAsync(to, cancel).ConfigureAwait(false);
            else await socket.ConnectAsync(await AllowedAsync(to.Host, rules, find, cancel).ConfigureAwait(false), to.Port, cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    static async ValueTask<IPAddress[]> AllowedAsync(string host, AddressRules rules, Func<string, CancellationToken, Task<IPAddress[]>> find, CancellationToken cancel)
    {
        var found = await find(host, cancel).ConfigureAwait(false);
        var allowed = Array.FindAll(found, address => rules.Refuses(address) is null);
        return allowed.Length > 0 || found.Length == 0 ? allowed
            : throw new RequestException($"{host} is not connected to: {rules.Refuses(found[0])}", Delivery.NeverSent);
    }
}
