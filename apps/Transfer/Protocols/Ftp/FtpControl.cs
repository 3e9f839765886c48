using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using SmartClients.Naming;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Ftp;

/// <summary>A control connection: commands and replies, one after the other, each within its limits.</summary>
internal sealed class FtpControl : IAsyncDisposable
{
    readonly ProtocolOptions options;
    readonly Socket socket;
    readonly byte[] buffer = new byte[FtpReplyLines.MostBytesInLine + 2];
    Stream stream;
    int start;
    int end;

    FtpControl(Socket socket, ProtocolOptions options)
    {
        (this.socket, this.options) = (socket, options);
        stream = new NetworkStream(socket, ownsSocket: true);
    }

    /// <summary>Whether it is still of use: replies and commands match, and no limit was passed.</summary>
    public bool IsSound { get; private set; } = true;

    /// <summary>The server's address: where data connections go.</summary>
    public IPAddress Address => ((IPEndPoint)socket.RemoteEndPoint!).Address;

    /// <summary>Whether nothing has come unasked: a server that has closed a connection that waited, or says why it will.</summary>
    public bool IsQuiet => IsSound && start == end && !socket.Poll(0, SelectMode.SelectRead);

    /// <summary>Connects; the greeting is the first reply.</summary>
    public static async ValueTask<FtpControl> ConnectAsync(Endpoint endpoint, ProtocolOptions options, CancellationToken cancel) =>
        new(await Dial.ConnectAsync(endpoint.Host, endpoint.Port, options, cancel).ConfigureAwait(false), options);

    /// <summary>Goes on under TLS.</summary>
    public async ValueTask SecureAsync(SslClientAuthenticationOptions tls, CancellationToken cancel)
    {
        // What was sent before the handshake is nobody's word (CVE-2011-0411 and its kind).
        if (start != end) throw Unsound(new FileException(FileProblem.Malformed, "the server sent more before the TLS handshake than it was asked for"));
        stream = await Dial.SecureAsync(stream, tls, options, cancel).ConfigureAwait(false);
    }

    /// <summary>Sends a command and waits for the reply.</summary>
    public async ValueTask<FtpReply> AskAsync(string command, CancellationToken cancel)
    {
        await SendAsync(command, cancel).ConfigureAwait(false);
        return await ReplyAsync(cancel).ConfigureAwait(false);
    }

    /// <summary>Sends a command.</summary>
    public async ValueTask SendAsync(string command, CancellationToken cancel)
    {
        // A line break would be a second command. No caller lets one through; this is the last door.
        if (command.AsSpan().IndexOfAny('\r', '\n', '\0') >= 0) throw new FormatException("A command of FTP cannot hold a line break.");
        await GuardAsync(async token =>
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), token).ConfigureAwait(false);
            return true;
        }, cancel).ConfigureAwait(false);
    }

    /// <summary>Waits for a reply.</summary>
    public ValueTask<FtpReply> ReplyAsync(CancellationToken cancel) => GuardAsync(ReadAsync, cancel);

    async ValueTask<FtpReply> ReadAsync(CancellationToken cancel)
    {
        var lines = new FtpReplyLines();
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length < 0)
            {
                await FillAsync(cancel).ConfigureAwait(false);
                continue;
            }
            var line = buffer.AsMemory(start, length).TrimEnd((byte)'\r');
            start += length + 1;
            if (lines.Add(line.Span) is { } reply) return reply;
        }
    }

    async ValueTask FillAsync(CancellationToken cancel)
    {
        if (start > 0) buffer.AsSpan(start, end - start).CopyTo(buffer);
        (start, end) = (0, end - start);
        if (end == buffer.Length) throw new FileException(FileProblem.Malformed, "not FTP: a line of the reply is too long");
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancel).ConfigureAwait(false);
        if (read == 0) throw new FileException(FileProblem.Broken, "the server closed the control connection");
        end += read;
    }

    async ValueTask<T> GuardAsync<T>(Func<CancellationToken, ValueTask<T>> step, CancellationToken cancel)
    {
        try
        {
            return await Limits.RunAsync(options.Time, options.ReplyLimit, FileProblem.TimedOut, "no reply", step, cancel).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            IsSound = false;
            throw;
        }
        catch (Exception error)
        {
            throw Unsound(Failures.WhileReading(error));
        }
    }

    FileException Unsound(FileException error)
    {
        IsSound = false;
        return error;
    }

    /// <summary>Closes. A server takes that for QUIT.</summary>
    public ValueTask DisposeAsync()
    {
        IsSound = false;
        return stream.DisposeAsync();
    }
}
