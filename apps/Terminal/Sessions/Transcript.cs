namespace SmartClients.Terminals.Sessions;

/// <summary>What the terminal has shown, the last of it: in a file, where one is asked for.</summary>
/// <param name="path">The file; <see langword="null"/> for none.</param>
/// <param name="most">How much is kept; half of it when there is more.</param>
internal sealed class Transcript(string? path, int most = Transcript.Most) : IDisposable
{
    /// <summary>16 MiB.</summary>
    public const int Most = 16 << 20;

    readonly FileStream? file = path is null ? null : Open(path);

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (file is null) return;
        file.Write(bytes);
        file.Flush();
        if (file.Length > most) Halve();
    }

    void Halve()
    {
        var rest = new byte[most / 2];
        file!.Seek(-rest.Length, SeekOrigin.End);
        file.ReadExactly(rest);
        file.SetLength(0);
        // From the beginning of a line, where there is one.
        file.Write(rest.AsSpan(Array.IndexOf(rest, (byte)'\n') + 1));
    }

    // What a terminal shows may be secret: for the owner only.
    static FileStream Open(string path) => new(path, new FileStreamOptions
    {
        Mode = FileMode.Create,
        Access = FileAccess.ReadWrite,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        BufferSize = 0,
    });

    public void Dispose() => file?.Dispose();
}
