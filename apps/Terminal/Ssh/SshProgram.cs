namespace SmartClients.Terminals.Ssh;

/// <summary>The system's ssh.</summary>
internal static class SshProgram
{
    /// <summary>Starts it once, before the terminal is touched: should it be missing, that is told on a terminal as it was; and the
    /// runtime, which looks at the terminal when it starts its first process, sees it so and leaves it so.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static async Task FindAsync(CancellationToken cancel) => _ = await ShortCommand.RunAsync("ssh", ["-V"], cancel);
}
