namespace SmartClients.Terminals.Ssh;

/// <summary>A machine's host key is not the one that is known: somebody may be in between. Nothing goes on after this, and nowhere else.</summary>
#pragma warning disable CA1032 // Always with a message.
public sealed class HostKeyException(string message) : IOException(message);
#pragma warning restore CA1032
