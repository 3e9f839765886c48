using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Mirrors;

/// <summary>A file that is being read from a mirror, at a position. It outlives the piece that it was opened for: whoever wants the bytes
/// that come next has them without asking for them anew.</summary>
internal sealed class Lane(RemoteFile file, long end) : IAsyncDisposable
{
    public FileFacts Facts => file.Facts;

    /// <summary>The next byte that comes.</summary>
    public long Position { get; private set; } = file.Start;

    /// <summary>Where it ends.</summary>
    public long End => end;

    /// <summary>Whether a read waits for more than the first packet by itself.</summary>
    public bool Gathers { get; } = file.Content is PartStream { Gathers: true };

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancel)
    {
        var read = await file.Content.ReadAsync(buffer, cancel).ConfigureAwait(false);
        Position += read;
        return read;
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
