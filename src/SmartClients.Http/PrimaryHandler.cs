using System.Globalization;
using System.Net.Sockets;
using SmartClients.Outcomes;

namespace SmartClients.Http;

/// <summary>
/// The handler that sends, where the program gave none: connecting has a time limit of its own, and what that ends was surely never
/// sent, so that a POST to a host that is switched off goes to the next.
/// </summary>
internal static class PrimaryHandler
{
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(5);

    public static SocketsHttpHandler New(TimeProvider time) => Prepare(new SocketsHttpHandler(), time);

    /// <summary>Makes a handler that nobody has used yet such a one; one that connects in its own way keeps it.</summary>
    public static SocketsHttpHandler Prepare(SocketsHttpHandler sockets, TimeProvider time)
    {
        sockets.EnableMultipleHttp2Connections = true;
        sockets.ConnectCallback ??= (context, cancel) => ConnectAsync(context, time, cancel);
        return sockets;
    }

    static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, TimeProvider time, CancellationToken cancel)
    {
        // As the platform does it: both families, no delay.
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await LimitedAsync(token => socket.ConnectAsync(context.DnsEndPoint, token), time, cancel).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

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
