namespace SmartClients.Naming;

/// <summary>
/// Where a group's members are learnt: the first of the two extension points. A source yields the whole set each time it
/// changes, and never an empty one because something failed.
/// </summary>
public abstract class NameSource
{
    /// <summary>What this is, for people: <c>list</c>, <c>file members.json</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The set if it can be told at once, without waiting for anything; else <see langword="null"/>.</summary>
    public virtual MemberSet? Immediate => null;

    /// <summary>
    /// Yields the set now and at each change, until cancelled. Throwing ends this watch: what is known goes on serving, and the
    /// director watches anew after a pause.
    /// </summary>
    /// <param name="time">The director's clock.</param>
    /// <param name="cancel">Ends the watch.</param>
    public abstract IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, CancellationToken cancel);

    /// <summary>Somebody said that the group has changed: look again soon. The default does nothing.</summary>
    public virtual void Nudge() { }

    /// <summary>Counts something that was told and is not believed (<c>smartclients.input.ignored</c>).</summary>
    /// <param name="kind">What it is, in a word or two: <c>members file</c>.</param>
    protected static void CountIgnored(string kind) => Telemetry.BadInput(kind);
}
