using SmartClients.Naming;

namespace SmartClients.Chat;

/// <summary>What a reader is told, in the order in which it happened.</summary>
public abstract record RoomEvent
{
    private protected RoomEvent() { }
}

/// <summary>A message of somebody's, one's own among them: each exactly once, each sender's in order.</summary>
/// <param name="Message">The message.</param>
public sealed record MessageArrived(ChatMessage Message) : RoomEvent;

/// <summary>A server serves the room from now on, the first or another one.</summary>
/// <param name="Server">Which.</param>
/// <param name="Moved">Whether another one did before.</param>
public sealed record ServedBy(Endpoint Server, bool Moved) : RoomEvent
{
    /// <summary>What the first server said is older than the history that follows: for who keeps messages, and must know of exactly those
    /// what counts as seen. A message that has arrived and was not yet taken from the events is not among them.</summary>
    internal VersionVector? Older { get; init; }
}

/// <summary>Others came or went.</summary>
/// <param name="People">Who is there now.</param>
public sealed record PeopleChanged(People People) : RoomEvent;

/// <summary>The room cannot be read for the moment; it is tried on.</summary>
/// <param name="Reason">Why, in one line.</param>
public sealed record Interrupted(string Reason) : RoomEvent;

/// <summary>The room will not be read any more: no token, say.</summary>
/// <param name="Reason">Why, in one line.</param>
public sealed record Ended(string Reason) : RoomEvent;
