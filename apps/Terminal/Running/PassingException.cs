namespace SmartClients.Terminals.Running;

/// <summary>What a command reads or writes cannot be passed on here: no machine's fault, and none would do better.</summary>
#pragma warning disable CA1032 // Always with a reason.
public sealed class PassingException(string message, Exception reason) : IOException(message, reason);
#pragma warning restore CA1032
