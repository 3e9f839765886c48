using SmartClients.Transfer.Metalinks;

namespace SmartClients.Fuzz.Targets;

/// <summary>Metalink documents.</summary>
internal sealed class MetalinkTarget : FuzzTarget
{
    static readonly string Hash = new('a', 64);

    public override string Name => "metalink";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8($"""<?xml version="1.0"?><metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="a/b.iso"><size>7</size><hash type="sha-256">{Hash}</hash><pieces length="4" type="sha-256"><hash>{Hash}</hash><hash>{Hash}</hash></pieces><url priority="1" location="de">http://a/b</url><url>ftp://c/d</url></file></metalink>"""),
        Utf8("""<m:metalink xmlns:m="urn:ietf:params:xml:ns:metalink"><m:file name="x"><m:metaurl mediatype="torrent">http://t/</m:metaurl></m:file><!-- c --></m:metalink>"""),
    ];

    public override IReadOnlyList<string> Words =>
        ["<!DOCTYPE x [<!ENTITY a \"b\">]>", "&a;", "&#0;", "<file name=\"../x\">", "name=\"/etc/passwd\"", "sha-1", "sha-512", "length=\"0\"", "<size>-1</size>", "<pieces>", "priority=\"0\"", "xmlns=\"\"", "<![CDATA[", "]]>"];

    public override string Feed(byte[] input)
    {
        var read = Metalink.Parse(input, "the input");
        Must(!read.Files.IsEmpty, "a document names files");
        foreach (var file in read.Files)
        {
            var place = Path.GetFullPath(Path.Combine("/folder", file.Name));
            Must(place.StartsWith("/folder/", StringComparison.Ordinal), "no name leads out of the folder");
            Must(file.Sums.Stretches is not { Length: < 1 }, "a stretch is longer than nothing");
        }
        return $"read {read.Files.Length > 1} {read.Files[0].Sums.Whole is null} {read.Files[0].Sums.Stretches is null} {read.Files[0].Addresses.Length > 1} {read.Files[0].Sums.Size is null}";
    }

    public override bool Documents(Exception error) => error is FormatException;
}
