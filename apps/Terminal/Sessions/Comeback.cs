namespace SmartClients.Terminals.Sessions;

/// <summary>
/// When a lost session is begun again. One that had lived comes back at once. Of those that are lost soon after they began, each waits
/// twice as long as the one before, and all are one trial of the user's patience: somebody is there who takes sessions and drops them.
/// </summary>
/// <param name="patience">How long a lost session is tried for.</param>
/// <param name="time">The clock.</param>
internal sealed class Comeback(TimeSpan patience, TimeProvider time)
{
    static readonly TimeSpan Lived = TimeSpan.FromSeconds(10);
    static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    long begunAt;
    long lostAt;
    int soon;

    /// <summary>A session has begun.</summary>
    public void Begun() => begunAt = time.GetTimestamp();

    /// <summary>It was lost.</summary>
    public void Lost()
    {
        var hasLived = time.GetElapsedTime(begunAt) >= Lived;
        if (hasLived || soon == 0) lostAt = time.GetTimestamp();
        soon = hasLived ? 0 : soon + 1;
    }

    /// <summary>The last two were lost soon after they began: whoever dropped them will do so again.</summary>
    public bool IsDropped => soon > 1;

    /// <summary>It was tried for long enough.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    /// <summary>How long to wait before the next one.</summary>
    public TimeSpan Wait => !IsDropped ? TimeSpan.Zero : Least(Left, Longest, Shortest * Math.Pow(2, Math.Min(soon - 2, 16)));

    TimeSpan Left => patience - time.GetElapsedTime(lostAt);

    static TimeSpan Least(params ReadOnlySpan<TimeSpan> times)
    {
        var least = TimeSpan.MaxValue;
        foreach (var one in times) if (one < least) least = one;
        return least < TimeSpan.Zero ? TimeSpan.Zero : least;
    }
}
