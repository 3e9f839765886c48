namespace SmartClients.Terminals.Running;

/// <summary>A command that might be repeated, and cannot be.</summary>
#pragma warning disable CA1032 // Always with a message.
public sealed class IrrevocableException(string message) : IOException(message);
#pragma warning restore CA1032
