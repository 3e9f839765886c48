namespace SmartClients.Chat.Wire;

/// <summary>How a reader begins: the first frame of a WebSocket, or the body of a POST that is answered with server-sent events.</summary>
internal sealed record ReadRequest
{
    /// <summary>What the reader has, where it goes on; <see langword="null"/> where it comes for the first time.</summary>
    public VersionVector? Have { get; init; }

    /// <summary>Without <see cref="Have"/>: how many of the last messages it wants to see.</summary>
    public int History { get; init; }

    /// <summary>What it calls itself; <see langword="null"/> for one who is not to be seen among the people.</summary>
    public string? Name { get; init; }

    /// <summary>The secret of the sender that it also is: it is told when that one's messages are everywhere.</summary>
    public string? Secret { get; init; }

    /// <summary>Where the room is not public.</summary>
    public string? Token { get; init; }
}
