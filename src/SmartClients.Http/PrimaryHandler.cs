using System.Globalization;
using System.Net;
using SmartClients.Naming;
using SmartClients.Outcomes;

namespace SmartClients.Http;

/// <summary>
/// The handler that sends, where the program gave none: connecting has a time limit of its own, and what that ends was surely never
/// sent, so that a POST to a host that is switched off goes to the next.
/// </summary>
internal static class PrimaryHandler
{
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    /// <summary>A handler of its own.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="rules">What may be connected to; anything where left out, or where it gives <see langword="null"/>.</param>
    /// <param name="find">Finds the addresses of a host; the system's way when left out.</param>
    public static SocketsHttpHandler New(
        TimeProvider time, Func<AddressRules?>? rules = null, Func<string, CancellationToken, Task<IPAddress[]>>? find = null) => Prepare(new SocketsHttpHandler(), time, rules, find);

    /// <summary>Makes a handler that nobody has used yet such a one; one that connects in its own way keeps it.</summary>
    public static SocketsHttpHandler Prepare(
        SocketsHttpHandler sockets, TimeProvider time, Func<AddressRules?>? rules = null, Func<string, CancellationToken, Task<IPAddress[]>>? find = null)
    {
        sockets.EnableMultipleHttp2Connections = true;
        Redirection.Offer(sockets);
        sockets.ConnectCallback ??= (context, cancel) =>
            ConnectAsync(context.DnsEndPoint, IsProxy(sockets, context) ? null : rules?.Invoke(), find ?? Dns.GetHostAddressesAsync, time, cancel);
        return sockets;
    }

    static async ValueTask<Stream> ConnectAsync(
        DnsEndPoint to, AddressRules? rules, Func<string, CancellationToken, Task<IPAddress[]>> find, TimeProvider time, CancellationToken cancel)
    {
        Stream? open = null;
        await LimitedAsync(async token => open = await AllowedConnection.OpenAsync(to, rules, find, token).ConfigureAwait(false), time, cancel).ConfigureAwait(false);
        return open!;
    }

    // Whoever runs the program chose it, and it is the one that looks for addresses.
    static bool IsProxy(SocketsHttpHandler sockets, SocketsHttpConnectionContext context) =>
        sockets.UseProxy && context.InitialRequestMessage.RequestUri is { } asked
        && (sockets.Proxy ?? HttpClient.DefaultProxy).GetProxy(asked) is { } proxy && proxy != asked && proxy.IdnHost == context.DnsEndPoint.Host;

    /// <summary>Connects within <see cref="ConnectLimit"/>.</summary>
    /// <exception cref="RequestException">It took longer.</exception>
    internal static async ValueTask LimitedAsync(Func<CancellationToken, ValueTask> connect, TimeProvider time, CancellationToken cancel)
    {
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            await connect(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException late) when (limit.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new RequestException(
                string.Create(CultureInfo.InvariantCulture, $"cannot connect within {ConnectLimit.TotalSeconds:0} s"), Delivery.NeverSent, late);
        }
    }
}
