using System.Net.Sockets;
using System.Text;

namespace SmartClients.Http.Rehearsing;

/// <summary>A connection to a replica that is only played: whatever is asked, its answer is in the scene.</summary>
internal sealed class StagedConnection(Scene scene) : Stream
{
    readonly MemoryStream answer = new(Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {(scene == Scene.Unavailable ? "503 Service Unavailable" : "200 OK")}\r\nContent-Length: 16\r\nConnection: close\r\n\r\n0123456789abcdef"));

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        switch (scene)
        {
            case Scene.Broken:
                throw new IOException("SmartClients rehearses a failure: nothing is wrong", await StagedNetwork.FailureAsync().ConfigureAwait(false));
            case Scene.Silent: await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false); break;
        }
        return answer.Read(buffer.Span);
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => answer.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) { }

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) answer.Dispose();
        base.Dispose(disposing);
    }
}
