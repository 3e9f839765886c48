namespace SmartClients.Chat.Server.Storage;

/// <summary>Holds a data folder for this process alone: by a file that is kept open, which the system lets go of however the process ends.</summary>
internal sealed class FolderLock : IDisposable
{
    const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // What the system says where another process holds it: EAGAIN as Linux and as macOS number it, and Windows' sharing violation.
    static readonly int[] Held = [11, 35, unchecked((int)0x80070020)];

    readonly FileStream file;

    /// <exception cref="IOException">Another server has it; the message says so.</exception>
    public FolderLock(string folder)
    {
        try
        {
            file = Open(Path.Combine(folder, "chat.lock"), FileShare.None);
        }
        catch (IOException error) when (Held.Contains(error.HResult))
        {
            throw new IOException($"The data folder '{folder}' is in use by another chat server: end that one, or give each a folder of its own.", error);
        }
    }

    /// <summary>A file that is there, and nobody else's to read: rooms that are not public are in it.</summary>
    public static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = Own;
        return new FileStream(path, options);
    }

    public void Dispose() => file.Dispose();
}
