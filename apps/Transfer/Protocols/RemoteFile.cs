namespace SmartClients.Transfer.Protocols;

/// <summary>A file that is being read. Its disposal, at whatever point, ends the transfer and gives the connection back or up.</summary>
/// <param name="facts">What the endpoint says of the file.</param>
/// <param name="start">The position in the file of the first byte of <paramref name="content"/>.</param>
/// <param name="honoured">Whether the part that was asked for is the part that comes.</param>
/// <param name="content">The bytes.</param>
public sealed class RemoteFile(FileFacts facts, long start, bool honoured, Stream content) : IAsyncDisposable
{
    /// <summary>What the endpoint says of the file.</summary>
    public FileFacts Facts { get; } = facts;

    /// <summary>The position in the file of the first byte that comes: 0 where the part that was asked for is not honoured.</summary>
    public long Start { get; } = start;

    /// <summary>Whether the part that was asked for is the part that comes. If not, the whole file does, from its first byte on.</summary>
    public bool Honoured { get; } = honoured;

    /// <summary>
    /// The bytes. They end when the part ends (or the file, if that is sooner); where the transfer breaks off before, or nothing comes
    /// within the limit of time, a read throws a <see cref="FileException"/>: an early end is never a silent one where the size is known.
    /// </summary>
    public Stream Content { get; } = content;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Content.DisposeAsync();
}
