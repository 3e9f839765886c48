using System.Buffers;
using SmartClients.Transfer.Mirrors;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>A file whose size nobody tells: there are no pieces, only one mirror after the other, each from the byte reached.</summary>
#pragma warning disable CA1001 // It is disposed of where it is used.
internal sealed class UnknownLength(Job job, Pump pump)
#pragma warning restore CA1001
{
    const int BufferLength = 256 << 10;

    Lane? begun;
    long reached;

    /// <summary>Fetches it.</summary>
    /// <returns>Its size.</returns>
    public async Task<long> RunAsync(Opened opened, CancellationToken cancel)
    {
        job.Target.Begin(0);
        begun = new Lane(opened.File, long.MaxValue);
        var first = opened.Mirror.Endpoint;
        try
        {
            if (!await TryAsync(opened.Mirror, cancel).ConfigureAwait(false))
                await job.Director.SendAsync(
                    async (endpoint, stop) => await ReadAsync(job.Mirrors.Of(endpoint), stop).ConfigureAwait(false),
                    new RequestOptions { Timeout = Timeout.InfiniteTimeSpan, AttemptTimeout = Timeout.InfiniteTimeSpan }, cancel).ConfigureAwait(false);
            return reached;
        }
        finally
        {
            if (begun is not null) await begun.DisposeAsync().ConfigureAwait(false);
        }
    }

    async Task<bool> TryAsync(Mirror mirror, CancellationToken cancel)
    {
        try
        {
            return await ReadAsync(mirror, cancel).ConfigureAwait(false);
        }
        catch (FileException error)
        {
            job.Failed(mirror, error);
            return false;
        }
    }

    async ValueTask<bool> ReadAsync(Mirror mirror, CancellationToken cancel)
    {
        await using var lane = Interlocked.Exchange(ref begun, null)
            ?? new Lane(await job.AskAsync(mirror, (protocol, at) => protocol.OpenAsync(at, new FilePart(reached) { Version = mirror.Version }, cancel)).ConfigureAwait(false), long.MaxValue);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            while (true)
            {
                var position = lane.Position;
                var read = await lane.ReadAsync(buffer, cancel).ConfigureAwait(false);
                if (read == 0) return true;
                job.ByteCame();
                var known = (int)Math.Min(read, Math.Max(0, reached - position));
                if (known == read) continue;
                mirror.Delivered(read - known);
                Write(reached, buffer.AsSpan(known, read - known));
                reached += read - known;
                await pump.AdvanceAsync(reached, cancel).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    void Write(long position, ReadOnlySpan<byte> bytes)
    {
        try
        {
            job.Target.Write(position, bytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException(error.Message, error);
        }
    }
}
