namespace SmartClients.Directories.Publishing;

/// <summary>The directory takes no more names.</summary>
#pragma warning disable CA1032 // Thrown and caught here only, always with a message.
internal sealed class DirectoryFullException(string message) : Exception(message);
#pragma warning restore CA1032
