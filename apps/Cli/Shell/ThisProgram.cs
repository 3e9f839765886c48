namespace SmartClients.Cli.Shell;

/// <summary>This program, to be started again as a process of its own.</summary>
internal static class ThisProgram
{
    /// <summary>The words that start it, before its arguments: one, or <c>dotnet</c> and the assembly.</summary>
    public static IReadOnlyList<string> Words { get; } =
        Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet"
            ? [Environment.ProcessPath!, Path.Combine(AppContext.BaseDirectory, "smart.dll")]
            : [Environment.ProcessPath!];
}
