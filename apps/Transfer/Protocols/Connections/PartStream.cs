namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>
/// The bytes of one part as every protocol gives them: no more than were asked for; fewer, or none within the limit of time, is an
/// error and never a silent end.
/// </summary>
/// <param name="promised">How many bytes must come; <see langword="null"/> when nobody knows.</param>
/// <param name="options">Clock and limits.</param>
internal abstract class PartStream(long? promised, ProtocolOptions options) : Stream
{
    readonly CancellationTokenSource stalled = new(Timeout.InfiniteTimeSpan, options.Time);
    long left = promised ?? long.MaxValue;
    bool ended;
    int closed;

    /// <summary>Whether a read waits for more than the first packet by itself. What comes by records or portions, as TLS and SFTP have it,
    /// does not.</summary>
    public virtual bool Gathers => false;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(closed != 0, this);
        if (buffer.Length == 0 || ended) return 0;
        using var forward = cancellationToken.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), stalled);
        stalled.CancelAfter(options.StallLimit);
        try
        {
            if (left == 0) return await EndAsync(whole: true).ConfigureAwait(false);
            var read = await ReceiveAsync(buffer.Length > left ? buffer[..(int)left] : buffer, stalled.Token).ConfigureAwait(false);
            left -= read;
            return read > 0 ? read : await EndAsync(whole: promised is null).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FileException(FileProblem.TimedOut, $"nothing came for {Limits.Words(options.StallLimit)}");
        }
        catch (Exception error) when (error is not (FileException or OperationCanceledException))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Failures.WhileReading(error);
        }
        finally
        {
            stalled.CancelAfter(Timeout.InfiniteTimeSpan);
        }
    }

    async ValueTask<int> EndAsync(bool whole)
    {
        ended = true;
        await FinishAsync(whole, stalled.Token).ConfigureAwait(false);
        return whole ? 0 : throw new FileException(FileProblem.Broken, $"the transfer ended {left} bytes early");
    }

    /// <summary>The next bytes; none at the end.</summary>
    protected abstract ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel);

    /// <summary>The end was reached: what the server says of it, where it says anything.</summary>
    /// <param name="whole">Whether as much came as should.</param>
    /// <param name="cancel">The limit of time.</param>
    protected virtual ValueTask FinishAsync(bool whole, CancellationToken cancel) => default;

    /// <summary>Gives the connection back or up.</summary>
    protected abstract ValueTask CloseAsync();

    public override async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, 1) == 0)
        {
            await CloseAsync().ConfigureAwait(false);
            stalled.Dispose();
        }
        await base.DisposeAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    // What closes here ends by itself, in little time. (DisposeAsync of the base comes by here once more, when all is done.)
    protected override void Dispose(bool disposing)
    {
        if (disposing && Interlocked.Exchange(ref closed, 1) == 0)
        {
            CloseAsync().AsTask().GetAwaiter().GetResult();
            stalled.Dispose();
        }
        base.Dispose(disposing);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("A remote file is read asynchronously.");

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
