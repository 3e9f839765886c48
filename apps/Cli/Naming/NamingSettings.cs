namespace SmartClients.Cli.Naming;

/// <summary>How a command resolves names.</summary>
/// <param name="Directories">The directories; those of the environment when left out.</param>
/// <param name="KeepState">Whether what is learnt is kept on disk.</param>
internal sealed record NamingSettings(string? Directories, bool KeepState);
