namespace SmartClients.Terminals.Ssh;

/// <summary>How machines are reached by ssh; what is left out is as <c>~/.ssh/config</c> says.</summary>
public sealed record SshOptions
{
    /// <summary>The user there.</summary>
    public string? User { get; init; }

    /// <summary>A file with a private key.</summary>
    public string? Identity { get; init; }

    /// <summary>A configuration file instead of the usual ones.</summary>
    public string? Configuration { get; init; }

    /// <summary>Machines to jump through.</summary>
    public string? Jump { get; init; }

    /// <summary>More options, as <c>ssh -o</c> takes them.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    /// <summary>A third of the silence after which a connection is taken for dead.</summary>
    /// <value>The default is 2 seconds. Whole seconds.</value>
    public TimeSpan Alive { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a connection may take, up to the server's first words.</summary>
    /// <value>The default is 5 seconds. Whole seconds.</value>
    public TimeSpan Connect { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The ssh here is older than 8.7, and neither knows nor obeys some of the options that would get into the way.</summary>
    internal bool IsOld { get; init; }

    /// <summary>Nobody is asked for anything: what needs a password fails.</summary>
    public bool Quiet { get; init; }
}
