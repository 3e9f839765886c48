using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Metalinks;

namespace SmartClients.Transfer.Manifests;

/// <summary>The hashes of files, by their names. Three forms are read: this program's own, in JSON; the lines of <c>sha256sum</c>; and
/// Metalink, of which only the hashes count.</summary>
/// <remarks><code>
/// {"version":1,"files":[{"name":"a.iso","size":7,"sha256":"…","pieces":{"length":1048576,"sha256":["…"]}}]}
/// </code></remarks>
/// <param name="Files">What is known of each.</param>
public sealed record Manifest(IReadOnlyDictionary<string, Sums> Files)
{
    /// <summary>The largest manifest that is read: 64 MiB.</summary>
    public const int MostBytes = 64 << 20;

    const int MostFiles = 100_000;

    /// <summary>What is known of a file.</summary>
    /// <param name="name">Its path, or the end of it; a manifest of one file is of whatever file is asked for.</param>
    public Sums? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (var rest = name.TrimStart('/'); rest.Length > 0; rest = rest.Contains('/') ? rest[(rest.IndexOf('/') + 1)..] : "")
            if (Files.TryGetValue(rest, out var sums)) return sums;
        return Files.Count == 1 ? Files.Values.Single() : null;
    }

    /// <summary>Reads a manifest.</summary>
    /// <param name="bytes">In any of the three forms.</param>
    /// <param name="source">Where it came from; the messages name it.</param>
    /// <exception cref="FormatException">It is none; the message says where and why.</exception>
    public static Manifest Parse(ReadOnlyMemory<byte> bytes, string source)
    {
        if (bytes.Length > MostBytes) throw new FormatException($"{source} is larger than 64 MiB.");
        var first = bytes.Span.TrimStart("\uFEFF \t\r\n"u8);
        var files = first.StartsWith("{"u8) ? Json(bytes, source)
            : first.StartsWith("<"u8) ? Metalink.Parse(bytes, source).Files.Select(file => (file.Name, file.Sums))
            : Lines(bytes.Span, source);
        var read = new Dictionary<string, Sums>(StringComparer.Ordinal);
        foreach (var (name, sums) in files)
        {
            if (read.Count == MostFiles) throw new FormatException($"{source} names more than {MostFiles} files.");
            if (!read.TryAdd(name, sums)) throw new FormatException($"{source} names '{name}' twice.");
        }
        return read.Count > 0 ? new Manifest(read) : throw new FormatException($"{source} names no file.");
    }

    static List<(string, Sums)> Lines(ReadOnlySpan<byte> bytes, string source)
    {
        var files = new List<(string, Sums)>();
        var number = 0;
        foreach (var line in Encoding.UTF8.GetString(bytes).Split('\n'))
        {
            number++;
            var text = line.Trim();
            if (text.Length == 0 || text[0] == '#') continue;
            // HEX, a space, and a space or an asterisk before the name.
            var space = text.IndexOf(' ');
            if (space != 64 || text.Length < 67 || text[65] is not (' ' or '*'))
                throw new FormatException($"{source}, line {number}: write 64 hexadecimal digits, two spaces and a name, as sha256sum does.");
            var name = text[66..];
            files.Add((name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name, new Sums { Whole = Hash.Parse("sha-256", text[..64]) }));
        }
        return files;
    }

    static List<(string, Sums)> Json(ReadOnlyMemory<byte> bytes, string source)
    {
        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;
            if (!root.TryGetProperty("version", out var version) || version.ValueKind != JsonValueKind.Number || !version.TryGetInt32(out var number) || number != 1)
                throw new FormatException($"{source} has not \"version\": 1.");
            if (!root.TryGetProperty("files", out var files) || files.ValueKind != JsonValueKind.Array) throw new FormatException($"{source} has no \"files\" array.");
            return [.. files.EnumerateArray().Select((file, i) => One(file, i, source))];
        }
        catch (JsonException error)
        {
            throw new FormatException($"{source} is not JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine}.", error);
        }
        catch (InvalidOperationException error)
        {
            throw new FormatException($"{source}: {error.Message}", error);
        }
    }

    static (string, Sums) One(JsonElement file, int index, string source)
    {
        try
        {
            if (file.ValueKind != JsonValueKind.Object) throw new FormatException("it is no object");
            var name = file.TryGetProperty("name", out var its) ? its.GetString() : null;
            if (string.IsNullOrEmpty(name)) throw new FormatException("it has no \"name\"");
            long? size = null;
            if (file.TryGetProperty("size", out var bytes)) size = bytes.TryGetInt64(out var count) && count >= 0 ? count : throw new FormatException("\"size\" is not a number of bytes");
            return (name, new Sums
            {
                Size = size,
                Whole = file.TryGetProperty("sha256", out var hash) ? Hash.Parse("sha-256", hash.GetString() ?? "") : null,
                Stretches = file.TryGetProperty("pieces", out var pieces) ? Pieces(pieces) : null,
            });
        }
        catch (Exception error) when (error is FormatException or InvalidOperationException)
        {
            throw new FormatException($"{source}, file {index + 1}: {error.Message}", error);
        }
    }

    static StretchSums Pieces(JsonElement pieces)
    {
        if (pieces.ValueKind != JsonValueKind.Object || !pieces.TryGetProperty("length", out var length) || !length.TryGetInt64(out var bytes) || bytes is < 1 or > StretchSums.Longest)
            throw new FormatException($"\"pieces\" has no \"length\" from 1 to {StretchSums.Longest}");
        if (!pieces.TryGetProperty("sha256", out var hashes) || hashes.ValueKind != JsonValueKind.Array || hashes.GetArrayLength() > StretchSums.Most)
            throw new FormatException($"\"pieces\" has no \"sha256\" array of at most {StretchSums.Most}");
        return new StretchSums(bytes, [.. hashes.EnumerateArray().Select(hash => Hash.Parse("sha-256", hash.GetString() ?? ""))]);
    }
}
