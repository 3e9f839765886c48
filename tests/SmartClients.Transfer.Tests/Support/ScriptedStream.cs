namespace SmartClients.Transfer.Tests.Support;

/// <summary>What a scripted mirror sends.</summary>
internal sealed class ScriptedStream(ScriptedMirror mirror, long start, long end) : Stream
{
    long position = start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => position; set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!mirror.ComesInBlocks) await Task.Yield();
        cancellationToken.ThrowIfCancellationRequested();
        await mirror.BeforeRead(position, cancellationToken);
        var count = (int)Math.Min(Math.Min(buffer.Length, mirror.Chunk), Math.Min(end, mirror.File.Length) - position);
        if (count <= 0) return 0;
        mirror.File.AsMemory((int)position, count).CopyTo(buffer);
        position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
