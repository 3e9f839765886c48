using System.Net.Sockets;
using System.Security.Authentication;

namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>What the platform's exceptions mean.</summary>
internal static class Failures
{
    /// <summary>What it means that no connection was made.</summary>
    public static FileException WhileConnecting(Exception error) => error switch
    {
        FileException known => known,
        SocketException socket => new FileException(FileProblem.Unreachable, Words(socket), socket),
        AuthenticationException untrusted => new FileException(FileProblem.Untrusted, "TLS handshake failed: " + untrusted.Message, untrusted),
        _ => new FileException(FileProblem.Unreachable, "cannot connect: " + OneLine(error.Message), error),
    };

    /// <summary>What it means that a connection broke.</summary>
    public static FileException WhileReading(Exception error) => error switch
    {
        FileException known => known,
        IOException { InnerException: SocketException socket } => new FileException(FileProblem.Broken, Words(socket), error),
        SocketException socket => new FileException(FileProblem.Broken, Words(socket), error),
        _ => new FileException(FileProblem.Broken, OneLine(error.Message), error),
    };

    static string Words(SocketException error) => error.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused",
        SocketError.ConnectionReset => "connection reset",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "name not found",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "unreachable",
        SocketError.TimedOut => "timed out",
        _ => OneLine(error.Message),
    };

    /// <summary>The first line of a text that may come from a server, without control characters, and not endless.</summary>
    public static string OneLine(string text)
    {
        var line = text.AsSpan().Trim();
        if (line.IndexOfAny('\r', '\n') is >= 0 and var end) line = line[..end];
        if (line.Length > 200) line = line[..200];
        return string.Concat(line.ToString().Select(c => char.IsControl(c) ? '?' : c));
    }
}
