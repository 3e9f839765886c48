using SmartClients.Transfer.Manifests;

namespace SmartClients.Fuzz.Targets;

/// <summary>Manifests in each of their forms.</summary>
internal sealed class ManifestTarget : FuzzTarget
{
    static readonly string Hash = new('b', 64);

    public override string Name => "manifest";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8($$$"""{"version":1,"files":[{"name":"a.iso","size":7,"sha256":"{{{Hash}}}","pieces":{"length":4,"sha256":["{{{Hash}}}","{{{Hash}}}"]}},{"name":"b"}]}"""),
        Utf8($"# made by somebody\n{Hash}  a.iso\n{Hash} *./b c.iso\n"),
        Utf8($"""<metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="b.iso"><hash type="sha-256">{Hash}</hash></file></metalink>"""),
    ];

    public override IReadOnlyList<string> Words => ["\"length\":0", "\"size\":-1", "\"size\":1e99", "\"sha256\":null", "\"name\":\"\"", "\"version\":2", "\ufeff", "\\ud800", new string('c', 64) + "  d"];

    public override string Feed(byte[] input)
    {
        var read = Manifest.Parse(input, "the input");
        Must(read.Files.Count > 0, "a manifest names files");
        var (name, sums) = read.Files.First();
        Must(read.Files.ContainsKey(name) && (read.Find("/x/" + name.TrimStart('/')) is not null || name.StartsWith('/')), "a file is found by the end of its path");
        return $"read {read.Files.Count > 1} {sums.Size is null} {sums.Whole is null} {sums.Stretches is null}";
    }

    public override bool Documents(Exception error) => error is FormatException;
}
