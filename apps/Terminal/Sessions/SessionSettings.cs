namespace SmartClients.Terminals.Sessions;

/// <summary>How a terminal behaves, whatever its protocol.</summary>
public sealed record SessionSettings
{
    /// <summary>How long a lost session looks for a machine that takes it.</summary>
    /// <value>The default is 5 minutes.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Variables that are carried to the next machine whatever they are called.</summary>
    public IReadOnlyList<string> Carry { get; init; } = [];

    /// <summary>A file for what the terminal shows.</summary>
    public string? Transcript { get; init; }

    /// <summary>Tells which machine was picked.</summary>
    public bool Verbose { get; init; }
}
