using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Sending;

/// <summary>An attempt that is over: where, since when, and how it ended.</summary>
internal readonly record struct Ended(Replica Replica, long StartedAt, Outcome Outcome)
{
    /// <summary>When it ended, where that is not the moment at which it is learnt from.</summary>
    public long? EndedAt { get; init; }

    /// <summary>How long it took, in nanoseconds.</summary>
    public long Took(long now) => (EndedAt ?? now) - StartedAt;
}
