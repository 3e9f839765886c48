using SmartClients.Naming;

namespace SmartClients.Fuzz.Targets;

/// <summary>Members documents.</summary>
internal sealed class MembersTarget : FuzzTarget
{
    public override string Name => "members";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        MembersDocument.Write(Samples.Certificate().Endpoints),
        Utf8("""{"version":7,"members":["a:1",{"address":"b:2","zone":null,"weight":2,"metadata":{"x":1,"y":"z"}},],/* c */"x":[]}"""),
    ];

    public override IReadOnlyList<string> Words => Samples.CertificateWords;

    public override string Feed(byte[] input)
    {
        var read = MembersDocument.Parse(input, "the input");
        Must(read.Endpoints.Length is > 0 and <= MemberSet.Most, "a set has members");
        var written = MembersDocument.Write(read.Endpoints);
        Must(MembersDocument.Write(MembersDocument.Parse(written, "the input").Endpoints).AsSpan().SequenceEqual(written), "members are read back the same");
        return $"read {read.Endpoints.Any(e => e.Zone is null)} {read.Endpoints.Any(e => e.Metadata.Count > 0)} {read.Endpoints.Any(e => e.Weight != 1)} {read.Endpoints.Any(e => e.Host.Contains(':'))}";
    }

    public override bool Documents(Exception error) => error is FormatException;
}
