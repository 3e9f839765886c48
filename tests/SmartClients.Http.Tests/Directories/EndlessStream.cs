namespace SmartClients.Http.Tests.Directories;

/// <summary>A body without an end: one byte and then nothing for ever, or as many as anybody reads.</summary>
internal sealed class EndlessStream(bool drips) : Stream
{
    public long Given { get; private set; }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (drips && Given > 0) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        var count = drips ? 1 : buffer.Length;
        buffer.Span[..count].Fill((byte)'x');
        Given += count;
        return count;
    }

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
