namespace SmartClients.Chat.Server.Rooms;

/// <summary>One reader in a room.</summary>
/// <param name="name">What it calls itself; <see langword="null"/> for one who is not to be seen.</param>
internal sealed class Presence(string? name)
{
    public string? Name => name;

    /// <summary>When the send that is under way began, by the clock's timestamp; 0 where none is.</summary>
    public long SendingSince;

    /// <summary>Why it is to go, where it is told so.</summary>
    public volatile string? Reason;

    /// <summary>Ends the reader.</summary>
    public required CancellationTokenSource Shed { get; init; }
}
