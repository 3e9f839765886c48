namespace SmartClients.Cli.Shell;

/// <summary>The folder that a command writes its results into.</summary>
internal static class ResultsFolder
{
    /// <summary>Checks what the command line says, before anything runs.</summary>
    /// <param name="argument">What it says; <see langword="null"/> for nowhere.</param>
    /// <param name="option">The option.</param>
    /// <exception cref="UsageException">It is no folder, and none can be made there.</exception>
    public static string? Checked(string? argument, string option) => argument is null || argument.Length > 0 && !File.Exists(argument) ? argument
        : throw new UsageException($"'{argument}' of {option} must be a folder, there or to be made.");
}
