namespace SmartClients.Cli.Shell;

/// <summary>Wrong use or bad input: one line that names the input and the remedy; exit code 2.</summary>
#pragma warning disable CA1032 // Thrown and caught here only, always with a message.
internal sealed class UsageException(string message) : Exception(message);
#pragma warning restore CA1032
