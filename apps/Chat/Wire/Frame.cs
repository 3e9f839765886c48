namespace SmartClients.Chat.Wire;

/// <summary>One line from a server to a reader: exactly one of these.</summary>
internal sealed record Frame
{
    /// <summary>The first one.</summary>
    public Hello? Hello { get; init; }

    /// <summary>A message.</summary>
    public ChatMessage? Message { get; init; }

    /// <summary>Who is in the room now.</summary>
    public People? People { get; init; }

    /// <summary>Up to which of the reader's own messages every server has them.</summary>
    public long? Everywhere { get; init; }

    /// <summary>Nothing but a sign of life; the next sign comes within so many milliseconds.</summary>
    public int? Beat { get; init; }

    /// <summary>The server ends this reader.</summary>
    public Bye? Bye { get; init; }
}

/// <summary>Why a server ends a reader.</summary>
/// <param name="Reason">In one line.</param>
/// <param name="Final">Whether no other server would let it in either.</param>
internal sealed record Bye(string Reason, bool Final);

/// <summary>How a server begins.</summary>
/// <param name="Server">Which store it keeps the room in.</param>
/// <param name="Room">The room.</param>
/// <param name="Beat">A sign of life comes at least every so many milliseconds.</param>
/// <param name="Have">What the reader counts as had already: what was written before the history that follows.</param>
/// <param name="Total">Whether all readers see all messages in one order.</param>
/// <param name="Own">Up to which of the reader's own messages this server has them; left out for one who does not write.</param>
internal sealed record Hello(string Server, string Room, int Beat, VersionVector Have, bool Total, long? Own = null);
