namespace SmartClients.Chat;

/// <summary>How far a message of one's own got.</summary>
public enum MessageState
{
    /// <summary>No server has said yet that it has it.</summary>
    Sending,

    /// <summary>A server has it on disk, and hands it on.</summary>
    Sent,

    /// <summary>Every server has it.</summary>
    Everywhere,

    /// <summary>It was refused (<see cref="OwnMessage.Problem"/>), and no server has it.</summary>
    Refused,
}
