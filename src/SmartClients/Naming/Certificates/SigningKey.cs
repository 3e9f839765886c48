using System.Collections.Immutable;
using System.Security.Cryptography;

namespace SmartClients.Naming.Certificates;

/// <summary>The secret that a service signs its certificates with: ECDSA on P-256 (<c>ES256</c>). Not available in a browser. Not safe
/// for concurrent use.</summary>
public sealed class SigningKey : IDisposable
{
    readonly ECDsa key;
    readonly VerifyingKey verifying;

    SigningKey(ECDsa key)
    {
        this.key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        verifying = new VerifyingKey(point.X!, point.Y!);
    }

    /// <summary>The key's name: the SHA-256 thumbprint of its public half (RFC 7638), 43 characters of base64url.</summary>
    public string Thumbprint => verifying.Thumbprint;

    /// <summary>A new key.</summary>
    public static SigningKey Create() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Reads a key: PKCS#8 (<c>BEGIN PRIVATE KEY</c>) or SEC 1 (<c>BEGIN EC PRIVATE KEY</c>), not encrypted.</summary>
    /// <param name="pem">The text.</param>
    /// <param name="source">Where it came from; the messages name it, and never the key.</param>
    /// <exception cref="FormatException">It is no such key.</exception>
    public static SigningKey FromPem(string pem, string source)
    {
        ArgumentNullException.ThrowIfNull(pem);
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            var parameters = key.ExportParameters(includePrivateParameters: true);
            CryptographicOperations.ZeroMemory(parameters.D);
            if (parameters.Curve.Oid?.Value is not "1.2.840.10045.3.1.7" && parameters.Curve.Oid?.FriendlyName is not ("nistP256" or "ECDSA_P256"))
                throw new FormatException($"{source} holds a key of another curve than P-256. Make one with: smart key new");
            return new SigningKey(key);
        }
        catch (Exception error) when (error is CryptographicException or ArgumentException or FormatException)
        {
            key.Dispose();
            if (error is FormatException) throw;
            throw new FormatException($"{source} holds no private key that can sign, in PEM and not encrypted. Make one with: smart key new", error);
        }
    }

    /// <summary>The key in PKCS#8, not encrypted: whoever reads it can sign.</summary>
    public string ToPem() => key.ExportPkcs8PrivateKeyPem();

    /// <summary>Signs a certificate.</summary>
    /// <param name="certificate">What to sign.</param>
    /// <param name="previous">What was published before: the new one's serial must be higher, and where the key changes, <paramref name="previous"/>
    /// must name this key as its next and becomes the last of the lineage.</param>
    /// <returns>The document to publish: what <see cref="SignedCertificate.Read"/> reads.</returns>
    /// <exception cref="CertificateException">It breaks a rule of the form, or no client that knows <paramref name="previous"/> would believe it.</exception>
    public byte[] Sign(ServiceCertificate certificate, SignedCertificate? previous = null) => Sign(CertificateDocument.Write(certificate), previous);

    /// <summary>Signs a certificate's document as it is: fields that this program does not know are kept.</summary>
    /// <inheritdoc cref="Sign(ServiceCertificate, SignedCertificate?)"/>
    /// <param name="payload">What <see cref="CertificateDocument.Parse"/> reads.</param>
    /// <param name="previous">What was published before.</param>
    public byte[] Sign(ReadOnlyMemory<byte> payload, SignedCertificate? previous = null)
    {
        var bytes = payload.ToArray();
        var certificate = CertificateDocument.Parse(bytes, "The certificate to sign");
        if (previous is not null && previous.Key != Thumbprint && previous.Certificate.NextKey != Thumbprint)
            throw new CertificateException(CertificateFault.WrongKey,
                $"The key {Thumbprint} may not follow {previous.Key}, which signed the previous certificate of '{previous.Certificate.Name}' and named "
                + $"{previous.Certificate.NextKey ?? "no key"} as the next. Publish one more with the old key and with \"nextKey\": \"{Thumbprint}\" first.");
        var envelope = Envelope.Sign(key, verifying, SignedCertificate.Type, bytes);
        var signed = new SignedCertificate(envelope, certificate, default, LineageAfter(previous));
        if (previous is not null)
        {
            Trust.CheckSuccessor(signed, previous);
            Succession.Check(signed, $"The certificate of '{certificate.Name}'");
        }
        var document = envelope.Write([.. signed.Lineage.Select(one => one.Envelope)]);
        // Clients of the oldest key lose; without this nobody could publish any more.
        for (var dropped = 1; document.Length > SignedCertificate.MostBytes; dropped++)
            document = envelope.Write([.. signed.Lineage.Skip(dropped).Select(one => one.Envelope)]);
        return document;
    }

    /// <summary>Signs a members document: <c>{"name", "serial", "expires", "members"}</c>.</summary>
    /// <param name="service">The service's bare name.</param>
    /// <param name="serial">Grows with each change.</param>
    /// <param name="expires">Until when it may be used: short, since members change.</param>
    /// <param name="members">All of the members.</param>
    /// <returns>The document that <see cref="SignedMembers.Read"/> reads.</returns>
    /// <exception cref="CertificateException">It breaks a rule of the form.</exception>
    public byte[] SignMembers(string service, long serial, DateTimeOffset expires, IEnumerable<Endpoint> members) =>
        Envelope.Sign(key, verifying, SignedMembers.Type, SignedMembers.Payload(service, serial, expires, members)).Write([]);

    /// <inheritdoc/>
    public void Dispose() => key.Dispose();

    ImmutableArray<SignedCertificate> LineageAfter(SignedCertificate? previous) =>
        previous is null ? []
            : previous.Key == Thumbprint ? previous.Lineage
                : [.. previous.Lineage.Append(previous).TakeLast(SignedCertificate.MostLineage)];
}
