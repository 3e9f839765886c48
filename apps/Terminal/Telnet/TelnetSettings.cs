namespace SmartClients.Terminals.Telnet;

/// <summary>How machines are reached by telnet.</summary>
public sealed record TelnetSettings
{
    /// <summary>Types a line into the shell once its prompt is seen, so that it tells its directory and variables.</summary>
    public bool Integrate { get; init; }

    /// <summary>A third of the silence after which a connection is taken for dead.</summary>
    /// <value>The default is 2 seconds.</value>
    public TimeSpan Alive { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a connection may take.</summary>
    /// <value>The default is 5 seconds.</value>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The kind of terminal that machines are told.</summary>
    public string Terminal { get; init; } = "xterm";
}
