using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Keys;

/// <summary>Writes files whole or not at all: beside their place, then renamed.</summary>
internal static class OutputFile
{
    const UnixFileMode Secret = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file in the stead of what is there.</summary>
    /// <exception cref="UsageException">It cannot be written.</exception>
    public static Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken cancel) => WriteAsync(path, bytes, isSecret: false, overwrite: true, cancel);

    /// <summary>Writes a file that is not there yet.</summary>
    /// <exception cref="UsageException">It is there, or cannot be written.</exception>
    public static Task WriteNewAsync(string path, ReadOnlyMemory<byte> bytes, bool isSecret, CancellationToken cancel) => WriteAsync(path, bytes, isSecret, overwrite: false, cancel);

    static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, bool isSecret, bool overwrite, CancellationToken cancel)
    {
        if (!overwrite && Path.Exists(path)) throw new UsageException($"'{path}' of --out is there already, and is not overwritten.");
        var beside = $"{path}.{Path.GetRandomFileName()}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows()) options.UnixCreateMode = Secret;
        try
        {
            await using (var file = new FileStream(beside, options))
            {
                await file.WriteAsync(bytes, cancel);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new UsageException($"'{path}' of --out cannot be written: {error.Message}");
        }
        finally
        {
            if (File.Exists(beside)) File.Delete(beside);
        }
    }
}
