using System.Buffers;
using SmartClients.Transfer.Engine;

namespace SmartClients.Transfer.Targets;

/// <summary>A pipe, which takes bytes in order only: what comes too early waits in memory, of which there is so much and no more.</summary>
/// <param name="output">The pipe.</param>
/// <param name="room">How many bytes may wait.</param>
internal sealed class OrderedPipe(Stream output, long room) : Target
{
    const int BlockLength = 256 << 10;

    readonly Dictionary<long, byte[]> blocks = [];
    readonly SemaphoreSlim writing = new(1);
    long written;

    public override long Limit => Volatile.Read(ref written) + room;

    public override void Begin(long size)
    {
        if (Volatile.Read(ref written) > 0) throw new IOException("The file has changed, and a part of it has gone into the pipe already.");
        Clear();
    }

    public override void Write(long position, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var (block, at) = Math.DivRem(position, BlockLength);
            var length = (int)Math.Min(bytes.Length, BlockLength - at);
            bytes[..length].CopyTo(Of(block).AsSpan((int)at));
            bytes = bytes[length..];
            position += length;
        }
    }

    public override void Read(long position, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var (block, at) = Math.DivRem(position, BlockLength);
            var length = (int)Math.Min(bytes.Length, BlockLength - at);
            Of(block).AsSpan((int)at, length).CopyTo(bytes);
            bytes = bytes[length..];
            position += length;
        }
    }

    public override async ValueTask ReachedAsync(long position, CancellationToken cancel)
    {
        await writing.WaitAsync(cancel).ConfigureAwait(false);
        try
        {
            while (written < position)
            {
                var (block, at) = Math.DivRem(written, BlockLength);
                var length = (int)Math.Min(position - written, BlockLength - at);
                await WriteAsync(Of(block).AsMemory((int)at, length), cancel).ConfigureAwait(false);
                Volatile.Write(ref written, written + length);
                if (at + length == BlockLength) Drop(block);
            }
            await output.FlushAsync(cancel).ConfigureAwait(false);
        }
        finally
        {
            writing.Release();
        }
    }

    async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancel)
    {
        try
        {
            await output.WriteAsync(bytes, cancel).ConfigureAwait(false);
        }
        catch (IOException error)
        {
            // Whoever reads has gone, or the disk is full: no mirror's fault.
            throw new DownloadException($"After {written} bytes no more could be written: {error.Message}", error);
        }
    }

    byte[] Of(long block)
    {
        lock (blocks)
        {
            if (!blocks.TryGetValue(block, out var bytes)) blocks[block] = bytes = ArrayPool<byte>.Shared.Rent(BlockLength);
            return bytes;
        }
    }

    void Drop(long block)
    {
        lock (blocks)
            if (blocks.Remove(block, out var bytes)) ArrayPool<byte>.Shared.Return(bytes);
    }

    void Clear()
    {
        lock (blocks)
        {
            foreach (var bytes in blocks.Values) ArrayPool<byte>.Shared.Return(bytes);
            blocks.Clear();
        }
    }

    public override ValueTask DisposeAsync()
    {
        Clear();
        writing.Dispose();
        return default;
    }
}
