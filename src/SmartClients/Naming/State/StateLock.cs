namespace SmartClients.Naming.State;

/// <summary>A lock that processes share: whoever holds the file open, and nobody else can. It goes with its holder, however that ends.</summary>
internal sealed class StateLock(string file, TimeSpan patience, TimeProvider time)
{
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>The lock, or <see langword="null"/> when another holds it.</summary>
    /// <exception cref="IOException">Or <see cref="UnauthorizedAccessException"/>: there can be none in this folder.</exception>
    public IDisposable? TryTake()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new FileStream(file, options);
        }
        catch (IOException error) when (error is not (DirectoryNotFoundException or FileNotFoundException or PathTooLongException) && File.Exists(file))
        {
            return null;
        }
    }

    /// <summary>The lock, after some waiting perhaps; <see langword="null"/> when it was held all the while.</summary>
    /// <exception cref="IOException">As above.</exception>
    public async ValueTask<IDisposable?> TakeAsync(CancellationToken cancel)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            cancel.ThrowIfCancellationRequested();
            if (TryTake() is { } held) return held;
            if (time.GetElapsedTime(began) > patience) return null;
            await Task.Delay(Pause, time, cancel).ConfigureAwait(false);
        }
    }
}
