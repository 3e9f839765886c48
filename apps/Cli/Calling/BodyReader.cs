using System.Buffers;

namespace SmartClients.Cli.Calling;

/// <summary>Copies a reply's body while it keeps coming.</summary>
internal static class BodyReader
{
    const int Piece = 64 << 10;

    /// <summary>Copies all of it; <see cref="Stream.Null"/> as the target only counts.</summary>
    /// <param name="content">The body.</param>
    /// <param name="target">Where to.</param>
    /// <param name="most">The most bytes that are taken.</param>
    /// <param name="patience">The longest time between two pieces.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">The caller gives up.</param>
    /// <returns>Bytes copied.</returns>
    /// <exception cref="IOException">It broke, stalled or is too large.</exception>
    public static async Task<long> CopyAsync(HttpContent content, Stream target, long most, TimeSpan patience, TimeProvider time, CancellationToken cancel)
    {
        await using var body = await content.ReadAsStreamAsync(cancel);
        using var stalled = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, stalled.Token);
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        var copied = 0L;
        try
        {
            while (true)
            {
                stalled.CancelAfter(patience);
                var read = await body.ReadAsync(buffer, either.Token);
                if (read == 0) return copied;
                if ((copied += read) > most) throw new IOException($"The body is larger than {most} bytes.");
                await target.WriteAsync(buffer.AsMemory(0, read), cancel);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new IOException($"The body stalled after {copied} bytes.");
        }
        catch (HttpIOException error)
        {
            throw new IOException($"The body broke off after {copied} bytes: {error.Message}", error);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
