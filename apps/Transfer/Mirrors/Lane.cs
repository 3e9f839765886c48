using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Mirrors;

/// <summary>A file that is being read from a mirror, at a position. It outlives the piece that it was opened for: whoever wants the bytes
/// that come next has them without asking for them anew.</summary>
internal sealed class Lane(RemoteFile file, long end) : IAsyncDisposable
{
    public FileFacts Facts => file.Facts;

    /// <summary>Whether a read gives one block of the protocol, though more are there.</summary>
    public bool ComesInBlocks => file.ComesInBlocks;

    /// <summary>The next byte that comes.</summary>
    public long Position { get; private set; } = file.Start;

    /// <summary>Where it ends.</summary>
    public long End => end;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        var read = await file.Content.ReadAsync(buffer, cancel).ConfigureAwait(false);
        Position += read;
        return read;
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
