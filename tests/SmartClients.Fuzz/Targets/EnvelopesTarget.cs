using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Fuzz.Targets;

/// <summary>Signed certificates as they come: whatever is changed, nothing is believed that the key did not sign.</summary>
internal sealed class EnvelopesTarget : FuzzTarget
{
    readonly HashSet<string> signed = [];
    readonly List<byte[]> corpus = [];

    public EnvelopesTarget()
    {
        using var first = SigningKey.Create();
        using var second = SigningKey.Create();
        var one = SignedCertificate.Read(first.Sign(Samples.Small(1, second.Thumbprint)), "x");
        foreach (var document in (byte[][])[[.. one.Document.Span], second.Sign(Samples.Small(2), one), first.Sign(Samples.Certificate())])
        {
            corpus.Add(document);
            signed.Add(Convert.ToBase64String(SignedCertificate.Read(document, "x").Payload.Span));
        }
    }

    public override string Name => "envelopes";

    public override IReadOnlyList<byte[]> Corpus => corpus;

    public override IReadOnlyList<string> Words { get; } = ["\"protected\":\"", "\"payload\":\"", "\"signature\":\"", "\"signatures\":[", "\"header\":{", "\"lineage\":[", "\"alg\":\"none\"", "eyJhbGciOiJub25lIn0", "AAAA", "=="];

    public override string Feed(byte[] input)
    {
        var read = SignedCertificate.Read(input, "the input");
        Must(signed.Contains(Convert.ToBase64String(read.Payload.Span)), "only what was signed is believed");
        Trust.Check(read, ServiceName.OfService("quotes"), null, Samples.Now);
        return $"read {read.Lineage.Length}";
    }

    public override bool Documents(Exception error) => error is CertificateException;
}
