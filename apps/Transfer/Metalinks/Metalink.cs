using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using SmartClients.Transfer.Checking;

namespace SmartClients.Transfer.Metalinks;

/// <summary>A Metalink document (RFC 5854): files, their hashes, and where they are to be had.</summary>
/// <param name="Files">One at least.</param>
public sealed record Metalink(ImmutableArray<MetalinkFile> Files)
{
    /// <summary>The largest document that is read: 16 MiB.</summary>
    public const int MostBytes = 16 << 20;

    const int MostFiles = 10_000;
    const int MostAddresses = 10_000;
    const int MostHashes = 16;
    static readonly XNamespace Space = "urn:ietf:params:xml:ns:metalink";

    /// <summary>Reads a document. No document type, no entity and nothing outside it is read.</summary>
    /// <param name="xml">The bytes.</param>
    /// <param name="source">Where it came from; the messages name it.</param>
    /// <exception cref="FormatException">It is none; the message says where and why.</exception>
    public static Metalink Parse(ReadOnlyMemory<byte> xml, string source)
    {
        if (xml.Length > MostBytes) throw new FormatException($"{source} is larger than 16 MiB.");
        var root = Root(xml, source);
        if (root.Name != Space + "metalink") throw new FormatException($"{source} is not a Metalink document (RFC 5854): its root is '{Short(root.Name.LocalName)}'.");
        var files = root.Elements(Space + "file").Take(MostFiles + 1).ToList();
        if (files.Count == 0) throw new FormatException($"{source} names no file.");
        if (files.Count > MostFiles) throw new FormatException($"{source} names more than {MostFiles} files.");
        var read = files.Select(file => One(file, source)).ToImmutableArray();
        if (read.Select(file => file.Name).Distinct(StringComparer.Ordinal).Count() < read.Length) throw new FormatException($"{source} names a file twice.");
        return new Metalink(read);
    }

    static XElement Root(ReadOnlyMemory<byte> xml, string source)
    {
        try
        {
            var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MostBytes, IgnoreComments = true, IgnoreProcessingInstructions = true };
            using var reader = XmlReader.Create(new MemoryStream(xml.ToArray()), settings);
            CheckDepth(reader);
            using var again = XmlReader.Create(new MemoryStream(xml.ToArray()), settings);
            return XDocument.Load(again).Root!;
        }
        catch (Exception error) when (error is XmlException or InvalidOperationException or ArgumentException or NotSupportedException)
        {
            throw new FormatException($"{source} is not XML that is read here: {error.Message.Split('\n', 2)[0].Trim()}", error);
        }
    }

    // A tree is built by recursion where it is written out or searched: depth is bounded before there is one.
    static void CheckDepth(XmlReader reader)
    {
        const int deepest = 64;
        while (reader.Read())
            if (reader.Depth > deepest) throw new XmlException("it is nested too deeply");
    }

    static MetalinkFile One(XElement file, string source)
    {
        var name = CheckedName((string?)file.Attribute("name"), source);
        try
        {
            var hashes = file.Elements(Space + "hash").Take(MostHashes);
            var pieces = file.Elements(Space + "pieces").Take(MostHashes);
            return new MetalinkFile(name)
            {
                Sums = new Sums { Size = Size(file.Element(Space + "size")), Whole = Best(hashes), Stretches = Pieces(pieces) },
                Addresses = [.. file.Elements(Space + "url").Take(MostAddresses).Select(Address)],
            };
        }
        catch (FormatException error)
        {
            throw new FormatException($"{source}, file '{name}': {error.Message}", error);
        }
    }

    // RFC 5854 §4.1.2.1: no directory traversal, whoever wrote the document.
    static string CheckedName(string? name, string source)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 1024) throw new FormatException($"{source} has a file without a name, or with one that is too long.");
        var parts = name.Split('/');
        if (parts.Any(part => part is "" or "." or "..") || name.AsSpan().IndexOfAny('\\', ':') >= 0 || name.Any(char.IsControl))
            throw new FormatException($"{source} names the file '{Short(name)}', which leads outside the folder that it goes to.");
        return name;
    }

    static long? Size(XElement? size) => size is null ? null
        : long.TryParse(size.Value.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes
        : throw new FormatException($"'{Short(size.Value)}' is not a size");

    static Hash? Best(IEnumerable<XElement> hashes)
    {
        var best = hashes.Select(hash => (Word: Type(hash), Hex: hash.Value)).Where(hash => Hash.Rank(hash.Word) is not null).OrderBy(hash => Hash.Rank(hash.Word)).FirstOrDefault();
        return best.Word is null ? null : Hash.Parse(best.Word, best.Hex);
    }

    static StretchSums? Pieces(IEnumerable<XElement> all)
    {
        if (all.Where(its => Hash.Rank(Type(its)) is not null).MinBy(its => Hash.Rank(Type(its))) is not { } pieces) return null;
        if (!long.TryParse((string?)pieces.Attribute("length"), NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length < 1)
            throw new FormatException("its pieces have no length");
        // What could not be held in memory is not checked; the whole file is.
        if (length > StretchSums.Longest) return null;
        var hashes = pieces.Elements(Space + "hash").Take(StretchSums.Most + 1).ToList();
        if (hashes.Count > StretchSums.Most) throw new FormatException($"it has more than {StretchSums.Most} pieces");
        return new StretchSums(length, [.. hashes.Select(hash => Hash.Parse(Type(pieces), hash.Value))]);
    }

    static MetalinkAddress Address(XElement url)
    {
        var priority = (string?)url.Attribute("priority");
        var number = 999_999;
        if (priority is not null && (!int.TryParse(priority, NumberStyles.None, CultureInfo.InvariantCulture, out number) || number is < 1 or > 999_999))
            throw new FormatException($"'{Short(priority)}' is not a priority from 1 to 999999");
        return new MetalinkAddress(url.Value.Trim(), number);
    }

    static string Type(XElement of) => (string?)of.Attribute("type") ?? "";

    static string Short(string text) => text.Length > 80 ? text[..80] + "…" : text;
}
