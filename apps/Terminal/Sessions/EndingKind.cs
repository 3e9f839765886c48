namespace SmartClients.Terminals.Sessions;

/// <summary>How a connection ended.</summary>
internal enum EndingKind
{
    /// <summary>The shell ended, with an exit code.</summary>
    Over,

    /// <summary>The connection or the machine died.</summary>
    Lost,

    /// <summary>There never was a shell.</summary>
    NeverBegun,
}
