namespace SmartClients.Transfer.Engine;

/// <summary>What was fetched cannot be written: no mirror's fault, and no other mirror helps.</summary>
#pragma warning disable CA1032 // Thrown and caught here only, always with its cause.
internal sealed class TargetException(Exception inner) : Exception(inner.Message, inner);
#pragma warning restore CA1032
