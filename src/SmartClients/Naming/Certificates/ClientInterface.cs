namespace SmartClients.Naming.Certificates;

/// <summary>What the user of a service touches. For people to read and programs to show; nothing here is run by itself.</summary>
public sealed record ClientInterface
{
    /// <summary>How the replicas are spoken to: <c>http</c>, <c>https</c>, <c>telnet</c>, <c>ftp</c>, <c>ssh</c>, …</summary>
    /// <value>The default is <see langword="null"/>: the program knows, or <c>http</c>.</value>
    public string? Scheme { get; init; }

    /// <summary>The command line to use it with: <c>smart chat service://now-chat/lobby</c>.</summary>
    public string? Command { get; init; }

    /// <summary>A web page: http or https.</summary>
    public Uri? Page { get; init; }
}
