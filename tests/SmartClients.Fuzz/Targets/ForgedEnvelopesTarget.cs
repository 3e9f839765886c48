using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Fuzz.Targets;

/// <summary>Signed certificates of somebody who has every key: headers, payloads and lineages are broken, and each signature fits.</summary>
internal sealed class ForgedEnvelopesTarget : FuzzTarget
{
    static readonly string Second = Sections.Thumbprint("33");
    static readonly byte[] First = CertificateDocument.Write(Samples.Small(1, Second));

    readonly SignedCertificate known = Read(Sections.Join(Sections.Header(SignedCertificate.Type), First));

    public override string Name => "forged-envelopes";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Sections.Join(Sections.Header(SignedCertificate.Type), First),
        Sections.Join(Sections.Header(SignedCertificate.Type), CertificateDocument.Write(Samples.Certificate())),
        Sections.Join(Sections.Header(SignedCertificate.Type, "33"), CertificateDocument.Write(Samples.Small(2)), Sections.Header(SignedCertificate.Type), First),
    ];

    public override IReadOnlyList<string> Words { get; } =
        [.. Samples.CertificateWords, "\0", Second, Sections.Thumbprint(), "\"alg\":\"none\"", "\"crit\":[]", "\"typ\":\"service-members+json\"", "\"serial\":1", "\"serial\":2", "\"serial\":3", $"\"nextKey\":\"{Second}\""];

    public override string Feed(byte[] input)
    {
        var read = Read(input);
        Must(read.Lineage.Length <= SignedCertificate.MostLineage, "a lineage has a most");
        Trust.Check(read, ServiceName.OfService("quotes"), null, Samples.Now);
        Trust.Check(read, ServiceName.OfService("quotes"), known, Samples.Now);
        Must(read.Certificate.Serial >= known.Certificate.Serial, "a serial never falls");
        Must(read.Key == known.Key || read.Key == Second || read.Lineage.Length > 0, "a key follows a key");
        return $"read {read.Lineage.Length} {read.Key == known.Key} {Trust.Newest([known, read], ServiceName.OfService("quotes")) == read}";
    }

    public override bool Documents(Exception error) => error is CertificateException;

    static SignedCertificate Read(byte[] input) => SignedCertificate.Read(Sections.Envelope(input), "the input", (_, _, _) => true);
}
