namespace SmartClients.Terminals.Marks;

/// <summary>What a mark tells.</summary>
internal enum MarkKind
{
    /// <summary>Somebody there waits for the integration.</summary>
    Ready,

    /// <summary>The shell's name: it is about to start.</summary>
    Shell,

    /// <summary>The environment that it began with.</summary>
    Base,

    /// <summary>The environment now.</summary>
    Environment,

    /// <summary>The working directory now.</summary>
    Directory,

    /// <summary>The directory to return to is not there.</summary>
    NoDirectory,

    /// <summary>The shell has ended, with this exit code.</summary>
    End,
}
