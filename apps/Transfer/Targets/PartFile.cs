using Microsoft.Win32.SafeHandles;

namespace SmartClients.Transfer.Targets;

/// <summary>The file beside its place, until it is whole and checked.</summary>
internal sealed class PartFile : Target
{
    readonly SafeFileHandle handle;

    /// <exception cref="IOException">It cannot be written, or another process writes it.</exception>
    public PartFile(string path)
    {
        Path = path;
        handle = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
    }

    public string Path { get; }

    public long Length => RandomAccess.GetLength(handle);

    public override void Begin(long size)
    {
        if (Length != size) RandomAccess.SetLength(handle, size);
    }

    public override void Write(long position, ReadOnlySpan<byte> bytes) => RandomAccess.Write(handle, bytes, position);

    public override void Read(long position, Span<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var read = RandomAccess.Read(handle, bytes, position);
            if (read == 0) throw new IOException($"'{Path}' was cut short by somebody else.");
            bytes = bytes[read..];
            position += read;
        }
    }

    public override ValueTask DisposeAsync()
    {
        handle.Dispose();
        return default;
    }
}
