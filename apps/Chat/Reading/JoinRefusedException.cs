namespace SmartClients.Chat.Reading;

/// <summary>The room is not for this reader, at whatever server.</summary>
#pragma warning disable CA1032 // Thrown and caught here only, always with a message.
internal sealed class JoinRefusedException(string message) : Exception(message);
#pragma warning restore CA1032
