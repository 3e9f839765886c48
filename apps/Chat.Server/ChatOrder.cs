namespace SmartClients.Chat.Server;

/// <summary>What order readers see messages in.</summary>
public enum ChatOrder
{
    /// <summary>Each sender's in order; those of different senders as they come to the server that one reads from.</summary>
    Sender,

    /// <summary>All in one order, the same for all readers.</summary>
    Total,
}
