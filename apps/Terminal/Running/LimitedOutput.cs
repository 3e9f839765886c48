namespace SmartClients.Terminals.Running;

/// <summary>Output that is kept, up to a limit.</summary>
#pragma warning disable CA1844 // Nothing here waits.
internal sealed class LimitedOutput(int most) : MemoryStream
#pragma warning restore CA1844
{
    /// <summary>All of it.</summary>
    public ReadOnlyMemory<byte> Written => GetBuffer().AsMemory(0, (int)Length);

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (Length + buffer.Length > most) throw new IrrevocableException($"Its output is more than {most >> 20} MiB: have it write to a file.");
        base.Write(buffer);
    }
}
