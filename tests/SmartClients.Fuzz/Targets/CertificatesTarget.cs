using SmartClients.Naming.Certificates;

namespace SmartClients.Fuzz.Targets;

/// <summary>Certificates' documents: what is read can be written, and reads the same.</summary>
internal sealed class CertificatesTarget : FuzzTarget
{
    public override string Name => "certificates";

    public override IReadOnlyList<byte[]> Corpus { get; } =
        [CertificateDocument.Write(Samples.Certificate()), CertificateDocument.Write(Samples.Small(1)), CertificateDocument.Write(Samples.Certificate(), indented: true)];

    public override IReadOnlyList<string> Words => Samples.CertificateWords;

    public override int MostBytes => CertificateDocument.MostBytes + 100;

    public override string Feed(byte[] input)
    {
        var read = CertificateDocument.Parse(input, "the input");
        var written = CertificateDocument.Write(read);
        Must(CertificateDocument.Write(CertificateDocument.Parse(written, "the input")).AsSpan().SequenceEqual(written), "a certificate is read back the same");
        return $"read {Trust.FreshnessOf(read, Samples.Now)} {read.Sources.Length > 0} {read.UseStale > TimeSpan.Zero} {read.NextKey is null} {read.Endpoints.Length > 1} {read.Title is null}";
    }

    public override bool Documents(Exception error) => error is CertificateException { Fault: CertificateFault.Malformed };
}
