namespace SmartClients.Chat.Server.Storage;

/// <summary>A message where it stands in this store's order of its room.</summary>
/// <param name="Position">Rises with every message of the room, not by one.</param>
/// <param name="Message">The message.</param>
internal sealed record Entry(long Position, ChatMessage Message);
