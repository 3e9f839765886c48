using System.Collections.Immutable;

namespace SmartClients.Naming.Certificates;

/// <summary>
/// A certificate and the key that signed it: a JWS in flattened JSON (RFC 7515), ES256, <c>{"protected", "payload", "signature",
/// "header": {"lineage": […]}}</c>. The payload is the document of <see cref="CertificateDocument"/>, kept byte for byte. That one exists
/// says that the signature fits the key, and not that the key is the service's: ask <see cref="Trust.Check"/>. Immutable.
/// </summary>
public sealed class SignedCertificate
{
    /// <summary>The largest document with its lineage: 256 KiB.</summary>
    public const int MostBytes = 256 << 10;

    /// <summary>The most earlier certificates that a document carries: 8. With a ninth rotation the oldest is left out.</summary>
    public const int MostLineage = 8;

    internal const string Type = "service-certificate+json";

    internal SignedCertificate(Envelope envelope, ServiceCertificate certificate, ReadOnlyMemory<byte> document, ImmutableArray<SignedCertificate> lineage) =>
        (Envelope, Certificate, Document, Lineage) = (envelope, certificate, document, lineage);

    /// <summary>What the service says of itself.</summary>
    public ServiceCertificate Certificate { get; }

    /// <summary>The thumbprint of the key that signed it (RFC 7638, SHA-256): 43 characters of base64url.</summary>
    public string Key => Envelope.Key.Thumbprint;

    /// <summary>What was signed, byte for byte: fields that this program does not know are there.</summary>
    public ReadOnlyMemory<byte> Payload => Envelope.Payload;

    /// <summary>The whole document, as it came.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>How the key came to be the service's, oldest first: of each earlier key the certificate that named the following one. Each
    /// is signed, of the same service, with rising serials; no key stands twice. Those in it have no lineage of their own.</summary>
    public ImmutableArray<SignedCertificate> Lineage { get; }

    internal Envelope Envelope { get; }

    /// <summary>Reads a document, and checks its form, its signature and its lineage.</summary>
    /// <param name="document">UTF-8, at most <see cref="MostBytes"/>; not copied, and must not change afterwards.</param>
    /// <param name="source">Where it came from; the messages name it.</param>
    /// <param name="check">Checks signatures where the platform cannot, as in a browser; <see langword="null"/> for the platform's own ECDSA.</param>
    /// <exception cref="CertificateException">It cannot be believed; <see cref="CertificateException.Fault"/> and the message say why.</exception>
    /// <exception cref="PlatformNotSupportedException">There is no ECDSA here, and no <paramref name="check"/> was given.</exception>
    public static SignedCertificate Read(ReadOnlyMemory<byte> document, string source, SignatureCheck? check = null)
    {
        using var json = CertificateDocument.Open(document, source, MostBytes, "signed certificate");
        var from = new Fields(json.RootElement, source);
        if (!from.Has("payload") && from.Has("name")) throw from.Wrong("payload", "is missing: this is a certificate that nobody has signed. See: smart cert sign --help");
        var envelope = Envelope.Read(from, Type, CertificateDocument.MostBytes, source, check);
        var certificate = CertificateDocument.Parse(envelope.Payload, source);
        var read = new SignedCertificate(envelope, certificate, document, Ancestors(from, source, check));
        Succession.Check(read, source);
        return read;
    }

    static ImmutableArray<SignedCertificate> Ancestors(Fields from, string source, SignatureCheck? check)
    {
        if (from.Object("header") is not { } header) return [];
        foreach (var name in (string[])["alg", "typ", "jwk", "crit", "b64"])
            if (header.Has(name)) throw header.Wrong(name, "stands outside what is signed");
        var all = ImmutableArray.CreateBuilder<SignedCertificate>();
        foreach (var item in header.Items("lineage", MostLineage))
        {
            var where = $"{source}, lineage[{all.Count}],";
            var envelope = Envelope.Read(new Fields(item, where), Type, CertificateDocument.MostBytes, where, check);
            all.Add(new SignedCertificate(envelope, CertificateDocument.Parse(envelope.Payload, where), envelope.Write([]), []));
        }
        return all.ToImmutable();
    }
}
