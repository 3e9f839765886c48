using System.Threading.Tasks.Sources;
using SmartClients.Membership;

namespace SmartClients.Sending;

/// <summary>
/// One request under way: what its owner waits on. Pooled, and known to <see cref="Outstanding"/> for as long as it lives, so
/// that a deadline or the death of a replica can wake whoever waits.
/// </summary>
/// <remarks>
/// A wake is a hint. It may come late, twice, or meant for the request that used this object before; the owner looks for itself
/// what has happened. That is why no other state here needs guarding.
/// </remarks>
internal abstract class Call : IValueTaskSource, IThreadPoolWorkItem
{
    const int Quiet = 0;
    const int Woken = 1;
    const int Waiting = 2;

    ManualResetValueTaskSourceCore<bool> core;
    Replica[] tried = new Replica[4];
    long due = long.MaxValue;
    int state;

    /// <summary>Where it waits to be used again.</summary>
    public required Shelf Shelf { get; init; }

    /// <summary>The index in the register.</summary>
    public int Place { get; set; }

    /// <summary>When the owner wants to be woken, in nanoseconds; never when idle.</summary>
    public long Due
    {
        get => Volatile.Read(ref due);
        set => Volatile.Write(ref due, value);
    }

    /// <summary>The replicas that this request went to already.</summary>
    public ReadOnlySpan<Replica> Tried => tried.AsSpan(0, Attempts);

    /// <summary>Attempts begun.</summary>
    public int Attempts { get; private set; }

    /// <summary>Something may have happened.</summary>
    public void Wake()
    {
        if (Interlocked.Exchange(ref state, Woken) == Waiting) core.SetResult(true);
    }

    /// <summary>Completes at the next wake; at once if one came since the last.</summary>
    public ValueTask NextAsync()
    {
        core.Reset();
        if (Interlocked.CompareExchange(ref state, Waiting, Quiet) == Quiet) return new ValueTask(this, core.Version);
        Volatile.Write(ref state, Quiet);
        return default;
    }

    void IThreadPoolWorkItem.Execute() => Wake();

    void IValueTaskSource.GetResult(short token)
    {
        Interlocked.Exchange(ref state, Quiet);
        core.GetResult(token);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => core.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? at, short token, ValueTaskSourceOnCompletedFlags flags) =>
        core.OnCompleted(continuation, at, token, flags);

    protected void Try(Replica replica)
    {
        if (Attempts == tried.Length) Array.Resize(ref tried, tried.Length * 2);
        tried[Attempts++] = replica;
    }

    protected void Clear()
    {
        Due = long.MaxValue;
        Array.Clear(tried, 0, Attempts);
        Attempts = 0;
        Volatile.Write(ref state, Quiet);
    }
}
