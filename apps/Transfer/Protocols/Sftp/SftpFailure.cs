using System.Net.Sockets;
using Renci.SshNet.Common;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Sftp;

/// <summary>What the library's exceptions mean.</summary>
internal static class SftpFailure
{
    /// <summary>There was a connection.</summary>
    public static FileException WhileAsking(Exception error) => error switch
    {
        FileException known => known,
        SftpPathNotFoundException => new FileException(FileProblem.Missing, Failures.OneLine(error.Message), error),
        SftpPermissionDeniedException => new FileException(FileProblem.Denied, Failures.OneLine(error.Message), error),
        SshOperationTimeoutException => new FileException(FileProblem.TimedOut, Failures.OneLine(error.Message), error),
        _ => Failures.WhileReading(error),
    };

    /// <summary>There was none yet.</summary>
    public static FileException WhileConnecting(Exception error) => error switch
    {
        SshAuthenticationException => new FileException(FileProblem.Denied, Failures.OneLine(error.Message), error),
        SocketException or FileException => Failures.WhileConnecting(error),
        SshConnectionException { InnerException: SocketException inner } => Failures.WhileConnecting(inner),
        _ => new FileException(FileProblem.Unreachable, "no SSH connection: " + Failures.OneLine(error.Message), error),
    };
}
