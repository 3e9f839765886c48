namespace SmartClients.Chat.Server.Storage;

/// <summary>How much a store takes, so that nobody fills its disk.</summary>
/// <param name="Rooms">The most rooms with messages.</param>
/// <param name="SendersInRoom">The most senders of one room.</param>
internal sealed record StoreLimits(long Rooms, int SendersInRoom)
{
    /// <summary>For what peers have acknowledged: as many rooms as they have, and as many senders as a vector names.</summary>
    public static StoreLimits OfPeers { get; } = new(long.MaxValue, VersionVector.MostSenders);
}
