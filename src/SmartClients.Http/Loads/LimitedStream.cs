namespace SmartClients.Http.Loads;

/// <summary>Gives only so many bytes until it is reset: what reads lines or events from it cannot be made to keep more.</summary>
internal sealed class LimitedStream(Stream inner, int most) : Stream
{
    int taken;

    public void Reset() => taken = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (taken == most && buffer.Length > 0) throw new IOException($"More than {most} bytes came without an end.");
        var count = await inner.ReadAsync(buffer[..Math.Min(buffer.Length, most - taken)], cancellationToken).ConfigureAwait(false);
        taken += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }
}
