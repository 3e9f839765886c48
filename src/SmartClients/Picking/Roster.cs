using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>Those from whom requests' first picks are made from now on, until the next roster. Lives on the stack.</summary>
public readonly ref struct Roster
{
    /// <summary>Who may be picked: at least one. Replicas that stay are the same objects as before.</summary>
    public ReadOnlySpan<Replica> Candidates { get; init; }

    /// <summary>Above 0, and higher than the last one's. A pick whose <see cref="PickContext.Version"/> is this one is made from exactly these
    /// candidates, in this order.</summary>
    public int Version { get; init; }

    /// <summary>The source of chance.</summary>
    public Random Random { get; init; }

    /// <summary>The client's own zone, or <see langword="null"/> when unknown.</summary>
    public string? Zone { get; init; }
}
