using System.IO.Pipelines;

namespace SmartClients.Chat.Rehearsing;

/// <summary>A connection in memory.</summary>
internal sealed class StagedLine
{
    readonly Pipe there = new();
    readonly Pipe back = new();

    public StagedLine() => (Near, Far) = (new End(back.Reader.AsStream(), there.Writer.AsStream()), new End(there.Reader.AsStream(), back.Writer.AsStream()));

    public Stream Near { get; }

    public Stream Far { get; }

    /// <summary>Whoever reads at the near end hears of a failure.</summary>
    public void Break(Exception failure)
    {
        back.Writer.Complete(failure);
        there.Reader.Complete(failure);
    }

    sealed class End(Stream from, Stream to) : Stream
    {
        public override bool CanRead => true;

        public override bool CanWrite => true;

        public override bool CanSeek => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => from.ReadAsync(buffer, cancellationToken);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => to.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => to.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => from.Read(buffer, offset, count);

        public override void Write(byte[] buffer, int offset, int count) => to.Write(buffer, offset, count);

        public override void Flush() => to.Flush();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                from.Dispose();
                to.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
