using System.Text.Json;
using SmartClients.Transfer.Pieces;

namespace SmartClients.Transfer.Resuming;

/// <summary>The control file beside the part file. It is replaced whole; one that is damaged, or of another version, is set aside.</summary>
internal sealed class ControlFile(string path, Action<string> warn)
{
    /// <summary>The version that is written, and the only one that is read.</summary>
    public const int Version = 1;

    /// <summary>The largest that is read: far above what the most pieces take.</summary>
    public const int MostBytes = 4 << 20;

    const int MostMirrors = 10_000;
    const string New = ".new";
    const string Damaged = ".damaged";

    public static string Beside(string partFile) => partFile + ".json";

    /// <summary>Every name that is used for the sake of a part file.</summary>
    public static IEnumerable<string> NamesBeside(string partFile) => [Beside(partFile), Beside(partFile) + New, Beside(partFile) + Damaged];

    /// <summary>Whether a file is a control file, and not somebody's own of that name.</summary>
    public static bool IsOne(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MostBytes && Parse(File.ReadAllBytes(path)) is not null;
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>What an earlier process left; <see langword="null"/> when there is nothing that can be used.</summary>
    public ControlDocument? Read()
    {
        try
        {
            if (!File.Exists(path)) return null;
            if (new FileInfo(path).Length > MostBytes) throw new FormatException("it is too large");
            return Parse(File.ReadAllBytes(path));
        }
        catch (FormatException error)
        {
            SetAside(error.Message);
            return null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warn($"'{path}' cannot be read ({error.Message}): the file is fetched from its beginning");
            return null;
        }
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="FormatException">It is none; the message says why, as the end of a sentence.</exception>
    public static ControlDocument Parse(ReadOnlySpan<byte> json)
    {
        ControlDocument? read;
        try
        {
            read = JsonSerializer.Deserialize(json, ControlJson.Default.ControlDocument);
        }
        catch (JsonException)
        {
            throw new FormatException("it is not what this program writes");
        }
        if (read is null) throw new FormatException("it is empty");
        if (read.Version != Version) throw new FormatException($"it is of version {read.Version}, and {Version} is known");
        if (read.Size < 0 || read.PieceLength < 1 || (read.Size - 1) / read.PieceLength >= Layout.MostPieces) throw new FormatException("its lengths are impossible");
        var count = new Layout(read.Size, read.PieceLength).Count;
        if (read.Pieces.Length != 2 * count || read.Sums.Length != 4 * count || read.Mirrors.Count > MostMirrors) throw new FormatException("its parts do not fit together");
        return read.Mirrors.Any(mirror => mirror is null) ? throw new FormatException("it names a mirror without an address") : read;
    }

    /// <summary>Replaces it.</summary>
    public void Write(ControlDocument document)
    {
        var beside = path + New;
        try
        {
            File.WriteAllBytes(beside, JsonSerializer.SerializeToUtf8Bytes(document, ControlJson.Default.ControlDocument));
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warn($"'{path}' cannot be written ({error.Message}): the download could not be resumed");
        }
    }

    public void Delete()
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warn($"'{path}' cannot be deleted: {error.Message}");
        }
    }

    void SetAside(string why)
    {
        try
        {
            File.Move(path, path + Damaged, overwrite: true);
            warn($"'{path}' cannot be used, {why}: it is set aside as .damaged, and the file is fetched from its beginning");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            warn($"'{path}' cannot be used, {why}: the file is fetched from its beginning");
        }
    }
}
