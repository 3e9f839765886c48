namespace SmartClients.Chat.Server.Storage;

/// <summary>The store cannot be used now; the message says why, and the remedy where there is one.</summary>
#pragma warning disable CA1032 // Thrown by stores only, always with a message and a cause.
internal sealed class StoreFailedException(string message, Exception? cause = null) : IOException(message, cause);
#pragma warning restore CA1032
