namespace SmartClients.Naming;

/// <summary>
/// Where a group's members are learnt: the first of the two extension points. A source yields the whole set each time it
/// changes, and never an empty one because something failed.
/// </summary>
public abstract class NameSource
{
    static readonly TimeSpan LongestMemory = TimeSpan.FromDays(7);

    /// <summary>What this is, for people: <c>list</c>, <c>file members.json</c>.</summary>
    public abstract string Description { get; }

    /// <summary>The set if it can be told at once, without waiting for anything; else <see langword="null"/>.</summary>
    public virtual MemberSet? Immediate => null;

    /// <summary>Whether the set never changes: such a source is not watched. Any other is, and one that has something
    /// <see cref="Immediate"/>, or to <see cref="Recall"/>, only from the first request on: until then nothing goes over the network.</summary>
    public virtual bool IsFixed => false;

    /// <summary>Whether a certificate says whose word counts: nobody else's does then.</summary>
    public virtual bool IsCertified => false;

    /// <summary>What the members' hosts may lead to, where others than whoever runs the program name them: a name that is harmless to read may
    /// still lead to an address that is refused, and only whoever connects finds out. <see langword="null"/>, the default, is anywhere.</summary>
    public virtual AddressRules? Addresses => null;

    /// <summary>What this source says of how the service is to be used; <see langword="null"/> while it is unknown, and for most sources.</summary>
    public virtual Advice? Advice => null;

    /// <summary>The <see cref="Advice"/> has changed. Raised before the members that come with it are told.</summary>
    public event Action? Advised;

    /// <summary>Of members that an earlier process knew, those that may serve until the source itself answers; <see langword="null"/> when
    /// none may. By default all of them, for a week: later their addresses may be other people's.</summary>
    /// <param name="saved">What was known.</param>
    /// <param name="age">How long ago that was.</param>
    public virtual MemberSet? Recall(MemberSet saved, TimeSpan age) => age <= LongestMemory ? saved : null;

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

    /// <summary>Raises <see cref="Advised"/>.</summary>
    protected void TellAdvised() => Advised?.Invoke();
}
