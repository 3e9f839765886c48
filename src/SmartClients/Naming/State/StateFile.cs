using System.Security.Cryptography;
using System.Text;

namespace SmartClients.Naming.State;

/// <summary>One service's file: its name, reading it, replacing it, and making room for it.</summary>
internal static class StateFile
{
    /// <summary>What a file's name ends in that was set aside.</summary>
    public const string Damaged = ".damaged";

    const string End = ".v1.json";
    const string Unfinished = ".tmp";
    const int MostDamaged = 8;
    const int MostReadable = 40;
    static readonly TimeSpan Forgotten = TimeSpan.FromHours(1);

    /// <summary>A part that people recognise, and a digest that no other name has. Each version has files of its own: two versions of a
    /// program may run on one machine.</summary>
    public static string NameOf(string service)
    {
        ArgumentException.ThrowIfNullOrEmpty(service);
        var readable = string.Concat(service.Take(MostReadable).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_')).Trim('.', '_');
        return $"{readable}.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(service)).AsSpan(0, 16))}{End}";
    }

    /// <summary>What the file says; <see langword="null"/> when there is none.</summary>
    /// <exception cref="FormatException">It is damaged.</exception>
    /// <exception cref="IOException">Or <see cref="UnauthorizedAccessException"/>: it cannot be read, or others than its owner could have written it.</exception>
    public static SavedService? Read(string path, string service) => Bytes(path) is { } bytes ? StateDocument.Parse(bytes, service) : null;

    /// <summary>The file as it is, unread; <see langword="null"/> when there is none.</summary>
    /// <exception cref="FormatException">It is too large, or was cut short.</exception>
    /// <exception cref="IOException">As <see cref="Read"/>.</exception>
    public static byte[]? Bytes(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            CheckOwner(file, path);
            if (file.Length > StateDocument.MostBytes) throw new FormatException($"it is larger than {StateDocument.MostBytes >> 20} MiB");
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (EndOfStreamException error)
        {
            throw new FormatException("it was cut short", error);
        }
    }

    /// <summary>Puts a new file in the place of the old one: the one or the other is there at any moment, also after a loss of power.</summary>
    public static void Write(string path, byte[] document)
    {
        if (document.Length > StateDocument.MostBytes) throw new IOException($"The state is larger than {StateDocument.MostBytes >> 20} MiB.");
        var beside = $"{path}.{Environment.ProcessId}{Unfinished}";
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0 };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(beside, options))
            {
                file.Write(document);
                file.Flush(flushToDisk: true);
            }
            File.Move(beside, path, overwrite: true);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Removes the oldest files until the rest is within the bounds, and what dead processes left behind.</summary>
    public static void Prune(string folder, string keep, int most, long mostBytes)
    {
        var all = new DirectoryInfo(folder).GetFiles().OrderByDescending(f => f.LastWriteTimeUtc).ToList();
        var now = all.FirstOrDefault(f => f.FullName == keep)?.LastWriteTimeUtc ?? default;
        var (count, bytes, damaged) = (0, 0L, 0);
        foreach (var file in all)
        {
            var goes = false;
            if (file.Name.EndsWith(End, StringComparison.Ordinal)) goes = (++count > most | (bytes += file.Length) > mostBytes) && file.FullName != keep;
            else if (file.Name.EndsWith(Damaged, StringComparison.Ordinal)) goes = ++damaged > MostDamaged;
            else if (file.Name.EndsWith(Unfinished, StringComparison.Ordinal)) goes = now - file.LastWriteTimeUtc > Forgotten;
            if (goes) file.Delete();
        }
    }

    // Members that another user wrote would lead requests, and what goes with them, anywhere.
    static void CheckOwner(FileStream file, string path)
    {
        if (OperatingSystem.IsWindows()) return;
        if (OthersMayWrite(File.GetUnixFileMode(file.SafeFileHandle)) || OthersMayWrite(File.GetUnixFileMode(Path.GetDirectoryName(path)!)))
            throw new UnauthorizedAccessException($"{path} can be written by others than its owner, and is not believed: remove it, or take that right from them");

        static bool OthersMayWrite(UnixFileMode mode) => (mode & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != 0;
    }
}
