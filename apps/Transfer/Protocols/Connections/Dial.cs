using System.Net.Security;
using System.Net.Sockets;

namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>Connections to servers, within their limit of time.</summary>
internal static class Dial
{
    /// <summary>Connects to a host's first address that answers.</summary>
    public static async ValueTask<Socket> ConnectAsync(string host, int port, ProtocolOptions options, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await Limits.RunAsync(options.Time, options.ConnectLimit, FileProblem.Unreachable, "cannot connect",
                token => socket.ConnectAsync(host, port, token), cancel).ConfigureAwait(false);
            return socket;
        }
        catch (Exception error)
        {
            socket.Dispose();
            if (error is OperationCanceledException && cancel.IsCancellationRequested) throw;
            throw Failures.WhileConnecting(error);
        }
    }

    /// <summary>Goes on under TLS; the stream is closed where that fails.</summary>
    public static async ValueTask<SslStream> SecureAsync(Stream stream, SslClientAuthenticationOptions tls, ProtocolOptions options, CancellationToken cancel)
    {
        var secure = new SslStream(stream);
        try
        {
            await Limits.RunAsync(options.Time, options.ConnectLimit, FileProblem.Unreachable, "no TLS handshake",
                async token => await secure.AuthenticateAsClientAsync(tls, token).ConfigureAwait(false), cancel).ConfigureAwait(false);
            return secure;
        }
        catch (Exception error)
        {
            await secure.DisposeAsync().ConfigureAwait(false);
            if (error is OperationCanceledException && cancel.IsCancellationRequested) throw;
            throw Failures.WhileConnecting(error);
        }
    }
}
