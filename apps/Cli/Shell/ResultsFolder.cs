namespace SmartClients.Cli.Shell;

/// <summary>The folder that a command writes its results into.</summary>
internal static class ResultsFolder
{
    /// <summary>Makes what the command line says, before anything runs.</summary>
    /// <param name="argument">What it says; <see langword="null"/> for nowhere.</param>
    /// <param name="option">The option.</param>
    /// <exception cref="UsageException">It is no folder, and none can be made there.</exception>
    public static string? Checked(string? argument, string option)
    {
        if (argument is null) return null;
        try
        {
            Directory.CreateDirectory(argument);
            return argument;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new UsageException($"'{argument}' of {option} must be a folder that is there or can be made: {error.Message}");
        }
    }
}
