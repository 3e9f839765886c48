namespace SmartClients.Terminals.Running;

/// <summary>The output of a command that may be begun again: held until its end, as long as it is not too much.</summary>
/// <param name="target">Where it goes.</param>
/// <param name="most">How much is held; 0 to hold nothing.</param>
internal sealed class HeldOutput(Stream target, int most) : Stream
{
    readonly MemoryStream held = new();
    bool flows = most == 0;

    /// <summary>Some of it was seen: it cannot be taken back.</summary>
    public bool WasSeen { get; private set; }

    /// <summary>A new beginning: what was held is forgotten.</summary>
    public void Forget() => held.SetLength(0);

    /// <summary>The command has ended well or badly, but ended.</summary>
    public void Release()
    {
        if (held.Length > 0) Pass(held.GetBuffer().AsSpan(0, (int)held.Length));
        held.SetLength(0);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!flows && held.Length + buffer.Length > most)
        {
            Release();
            flows = true;
        }
        if (flows) Pass(buffer);
        else held.Write(buffer);
    }

    void Pass(ReadOnlySpan<byte> bytes)
    {
        WasSeen = true;
        try
        {
            target.Write(bytes);
            target.Flush();
        }
        catch (Exception error) when (error is IOException and not IrrevocableException or UnauthorizedAccessException)
        {
            throw new PassingException($"The command's output cannot be written here: {error.Message}", error);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Write(buffer.Span);
        return default;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Flush() { }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
