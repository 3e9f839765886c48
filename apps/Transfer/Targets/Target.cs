namespace SmartClients.Transfer.Targets;

/// <summary>Where the bytes of a file go: each at its position, in any order.</summary>
internal abstract class Target : IAsyncDisposable
{
    /// <summary>No byte from this position on may be fetched yet.</summary>
    public virtual long Limit => long.MaxValue;

    /// <summary>The file has this size now, and nothing of it is there.</summary>
    public abstract void Begin(long size);

    public abstract void Write(long position, ReadOnlySpan<byte> bytes);

    /// <summary>Reads back what was written.</summary>
    public abstract void Read(long position, Span<byte> bytes);

    /// <summary>All bytes before this position are there, and checked as far as they can be.</summary>
    public virtual ValueTask ReachedAsync(long position, CancellationToken cancel) => default;

    public abstract ValueTask DisposeAsync();
}
