using SmartClients.Transfer.Targets;

namespace SmartClients.Transfer.Tests.Support;

/// <summary>A file in memory, no byte of which is written twice.</summary>
internal sealed class MemoryTarget(int size) : Target, IDisposable
{
    readonly bool[] written = new bool[size];

    public byte[] Bytes { get; } = new byte[size];

    public override void Begin(long fileSize) { }

    public override void Write(long position, ReadOnlySpan<byte> bytes)
    {
        for (var i = (int)position; i < position + bytes.Length; i++)
        {
            if (written[i]) throw new InvalidOperationException($"Byte {i} is written twice.");
            written[i] = true;
        }
        bytes.CopyTo(Bytes.AsSpan((int)position));
    }

    public override void Read(long position, Span<byte> bytes) => Bytes.AsSpan((int)position, bytes.Length).CopyTo(bytes);

    public override ValueTask DisposeAsync() => default;

    public void Dispose() { }
}
