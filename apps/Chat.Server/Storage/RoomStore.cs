namespace SmartClients.Chat.Server.Storage;

/// <summary>
/// Where rooms are kept: a log each, to which is only ever added, in an order that holds each sender's messages in theirs. What
/// <see cref="AppendAsync"/> has said to be stored or known survives the loss of the process. Safe for concurrent use.
/// </summary>
internal abstract class RoomStore : IAsyncDisposable
{
    /// <summary>Which store this is: one that was lost and begun anew has another.</summary>
    public abstract string Identity { get; }

    /// <summary>Whether the servers of the group all use this one: its order is everybody's, and nothing is handed on between them.</summary>
    public abstract bool IsShared { get; }

    /// <summary>A room has more messages than before. Several changes may be told as one.</summary>
    public event Action<string>? Changed;

    /// <summary>It has lost messages, and has another identity: what was known of its positions is void.</summary>
    public event Action? BegunAnew;

    /// <summary>The store with this identity no longer has what was read from it: it begins anew, where it has not since.</summary>
    public virtual ValueTask BeginAnewAsync(string lost, CancellationToken cancel) => default;

    /// <summary>Why it cannot be used now; <see langword="null"/> where it can, as far as is known.</summary>
    public string? Problem => Volatile.Read(ref problem);

    string? problem;

    /// <summary>It cannot be used any more, and why; or, with <see langword="null"/>, it can again.</summary>
    public event Action<string?>? ProblemChanged;

    /// <summary>Finds out whether it can be used, where that is in doubt.</summary>
    /// <exception cref="StoreFailedException">It cannot.</exception>
    public virtual ValueTask ProbeAsync(CancellationToken cancel) => default;

    /// <summary>Writes messages in their order, each where it is its sender's next; together, as far as the store can.</summary>
    /// <returns>What became of each.</returns>
    public abstract ValueTask<IReadOnlyList<Appended>> AppendAsync(string room, IReadOnlyList<ChatMessage> messages, CancellationToken cancel);

    /// <summary>As <see cref="AppendAsync(string, IReadOnlyList{ChatMessage}, CancellationToken)"/>, for what a peer has acknowledged: the limits are for
    /// what is posted, since servers that took from each other by them would have different rooms for good.</summary>
    public virtual ValueTask<IReadOnlyList<Appended>> TakeOverAsync(string room, IReadOnlyList<ChatMessage> messages, CancellationToken cancel) => AppendAsync(room, messages, cancel);

    /// <summary>Writes a message where it is its sender's next.</summary>
    public async ValueTask<Appended> AppendAsync(string room, ChatMessage message, CancellationToken cancel) => (await AppendAsync(room, [message], cancel))[0];

    /// <summary>Messages after a position, in order.</summary>
    public abstract ValueTask<IReadOnlyList<Entry>> ReadAsync(string room, long after, int limit, CancellationToken cancel);

    /// <summary>The last messages, in order.</summary>
    public abstract ValueTask<IReadOnlyList<Entry>> LastAsync(string room, int count, CancellationToken cancel);

    /// <summary>How far a room goes, as of one moment: each sender's last message, and the last position.</summary>
    public abstract ValueTask<(VersionVector Have, long Last)> HeadAsync(string room, CancellationToken cancel);

    /// <summary>The position after which all stands that a vector does not know.</summary>
    public abstract ValueTask<long> StartAsync(string room, VersionVector have, CancellationToken cancel);

    /// <summary>Rooms that have changed after a point in the order over all rooms, the longest unchanged first.</summary>
    /// <returns>The rooms, each with the point to go on from after it.</returns>
    public abstract ValueTask<IReadOnlyList<(string Room, long Last)>> ChangedAsync(long after, int limit, CancellationToken cancel);

    protected void Tell(string room) => Changed?.Invoke(room);

    protected void Fails(string reason)
    {
        if (Interlocked.CompareExchange(ref problem, reason, null) is null) ProblemChanged?.Invoke(reason);
    }

    protected void Works()
    {
        if (Volatile.Read(ref problem) is not null && Interlocked.Exchange(ref problem, null) is not null) ProblemChanged?.Invoke(null);
    }

    protected void TellBegunAnew() => BegunAnew?.Invoke();

    public abstract ValueTask DisposeAsync();
}
