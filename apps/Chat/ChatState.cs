namespace SmartClients.Chat;

/// <summary>What a room needs to go on in another process: who one is, what is on its way, and what was seen. It holds the sender's
/// secret.</summary>
public sealed record ChatState
{
    /// <summary>The sender's secret.</summary>
    public required string Secret { get; init; }

    /// <summary>The sequence number of the next message.</summary>
    public long Next { get; init; } = 1;

    /// <summary>What was seen; <see langword="null"/> where nothing was.</summary>
    public VersionVector? Have { get; init; }

    /// <summary>Messages that are not known to be everywhere, in order.</summary>
    public IReadOnlyList<UnsettledMessage> Unsettled { get; init; } = [];
}

/// <summary>A message that is not known to be everywhere.</summary>
/// <param name="Id">Its identity.</param>
/// <param name="Text">The line.</param>
/// <param name="Sequence">Its number; 0 where it never left.</param>
/// <param name="Sent">Whether a server has said that it has it.</param>
public sealed record UnsettledMessage(string Id, string Text, long Sequence, bool Sent);
