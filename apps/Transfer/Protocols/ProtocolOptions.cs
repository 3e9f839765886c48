using System.Security.Cryptography.X509Certificates;

namespace SmartClients.Transfer.Protocols;

/// <summary>How servers of files are spoken to.</summary>
public sealed record ProtocolOptions
{
    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a connection may take, its TLS or SSH handshake included.</summary>
    /// <value>The default is 5 s.</value>
    public TimeSpan ConnectLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a server may take to answer a command.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan ReplyLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the bytes of a file may stand still.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan StallLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a connection that nobody uses is kept.</summary>
    /// <value>The default is 30 s.</value>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The certificates that TLS trusts in place of the system's.</summary>
    /// <value>The default is <see langword="null"/>: the system's.</value>
    public X509Certificate2Collection? Trusted { get; init; }

    /// <summary>The file of names and passwords (<c>.netrc</c>), used where an address names no user.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    public string? Netrc { get; init; }

    /// <summary>The folder of keys and <c>known_hosts</c>.</summary>
    /// <value>The default is <see langword="null"/>: no keys; SFTP cannot be used without the folder.</value>
    public string? SshFolder { get; init; }

    /// <summary>The name that SFTP logs in with where neither the address nor <see cref="Netrc"/> has one.</summary>
    /// <value>The default is <see langword="null"/>: it must be given.</value>
    public string? User { get; init; }

    /// <summary>Whether FTP data connections go to the address that the server's PASV reply names, rather than to the server's own.</summary>
    /// <value>The default is <see langword="false"/>: a server could else point its clients at anybody.</value>
    public bool BelievePassiveAddress { get; init; }

    /// <summary>As a person's programs have it: with <c>.netrc</c> and <c>.ssh</c> of a home folder.</summary>
    public static ProtocolOptions OfHome(string home) => new()
    {
        Netrc = Path.Combine(home, ".netrc"),
        SshFolder = Path.Combine(home, ".ssh"),
        User = Environment.UserName,
    };
}
