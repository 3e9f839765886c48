using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SmartClients.Naming.Certificates;

/// <summary>One signed document: a JWS in flattened JSON (RFC 7515, §7.2.2), whose signature was checked against the key that it names
/// itself. Whose key that is, the rules of <see cref="Trust"/> ask.</summary>
internal sealed class Envelope
{
    const string Algorithm = "ES256";
    const int MostHeaderBytes = 4096;

    readonly string signedHeader;
    readonly string signature;
    readonly string payloadText;

    Envelope(string signedHeader, string payloadText, string signature, byte[] payload, VerifyingKey key) =>
        (this.signedHeader, this.payloadText, this.signature, Payload, Key) = (signedHeader, payloadText, signature, payload, key);

    /// <summary>What was signed, byte for byte.</summary>
    public byte[] Payload { get; }

    /// <summary>The key that signed it.</summary>
    public VerifyingKey Key { get; }

    /// <summary>Reads one and checks its signature.</summary>
    /// <param name="from">The object.</param>
    /// <param name="type">The type that its signed header must name: what was signed for one purpose is not taken for another.</param>
    /// <param name="mostPayloadBytes">The most that its payload may hold.</param>
    /// <param name="source">Where it came from; the messages name it.</param>
    /// <param name="check">Checks signatures where the platform cannot.</param>
    public static Envelope Read(Fields from, string type, int mostPayloadBytes, string source, SignatureCheck? check)
    {
        if (from.Has("signatures")) throw from.Wrong("signatures", "stands for several signatures: write the flattened form, with one \"signature\"");
        var (headerText, header) = Part(from, "protected", MostHeaderBytes);
        var (payloadText, payload) = Part(from, "payload", mostPayloadBytes);
        var (signatureText, signature) = Part(from, "signature", 2 * VerifyingKey.CoordinateBytes);
        var key = Header(header, type, source);
        if (signature.Length != 2 * VerifyingKey.CoordinateBytes) throw from.Wrong("signature", "is not 64 bytes long, as one of ES256 is");
        var content = Encoding.ASCII.GetBytes($"{headerText}.{payloadText}");
        if (!IsGenuine(key, content, signature, check, source))
            throw new CertificateException(CertificateFault.BadSignature, $"{source} does not fit its signature: it was changed after it was signed, or damaged.");
        return new Envelope(headerText, payloadText, signatureText, payload, key);
    }

    /// <summary>Signs.</summary>
    public static Envelope Sign(ECDsa key, VerifyingKey publicKey, string type, byte[] payload)
    {
        var header = Base64.Write(Encoding.ASCII.GetBytes(
            $$$"""{"alg":"{{{Algorithm}}}","typ":"{{{type}}}","jwk":{"kty":"EC","crv":"P-256","x":"{{{Base64.Write(publicKey.X.Span)}}}","y":"{{{Base64.Write(publicKey.Y.Span)}}}"}}"""));
        var text = Base64.Write(payload);
        var signature = key.SignData(Encoding.ASCII.GetBytes($"{header}.{text}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new Envelope(header, text, Base64.Write(signature), payload, publicKey);
    }

    /// <summary>The document: this envelope, and those that lead to its key.</summary>
    public byte[] Write(IReadOnlyCollection<Envelope> lineage)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteParts(json);
            if (lineage.Count > 0)
            {
                json.WriteStartObject("header");
                json.WriteStartArray("lineage");
                foreach (var one in lineage)
                {
                    json.WriteStartObject();
                    one.WriteParts(json);
                    json.WriteEndObject();
                }
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    void WriteParts(Utf8JsonWriter json)
    {
        json.WriteString("protected", signedHeader);
        json.WriteString("payload", payloadText);
        json.WriteString("signature", signature);
    }

    // Nothing of the header is a choice that the sender has: one algorithm, one curve, the expected type.
    static VerifyingKey Header(byte[] json, string type, string source)
    {
        using var document = CertificateDocument.Open(json, source + ", its signed header,", MostHeaderBytes, "header");
        var header = new Fields(document.RootElement, source, "protected.");
        if (header.Required("alg", 64) is var algorithm && algorithm != Algorithm) throw header.Wrong("alg", $"is '{algorithm}': only {Algorithm} is accepted");
        if (header.Required("typ", 64) is var found && found != type) throw header.Wrong("typ", $"is '{found}', not '{type}': this was signed for another purpose");
        if (header.Has("crit")) throw header.Wrong("crit", "demands extensions that this program does not know");
        var key = header.Object("jwk") ?? throw header.Wrong("jwk", "is missing: the public key stands in the document");
        if (key.Has("d")) throw key.Wrong("d", "is a PRIVATE key: whoever read this can sign. Make a new key, and publish the public half only");
        if (key.Required("kty", 16) != "EC" || key.Required("crv", 16) != "P-256") throw header.Wrong("jwk", "is not a key of the curve P-256");
        return new VerifyingKey(Coordinate(key, "x"), Coordinate(key, "y"));
    }

    static byte[] Coordinate(Fields key, string name) => Part(key, name, VerifyingKey.CoordinateBytes).Bytes is { Length: VerifyingKey.CoordinateBytes } bytes
        ? bytes : throw key.Wrong(name, $"is not {VerifyingKey.CoordinateBytes} bytes long");

    static (string Text, byte[] Bytes) Part(Fields from, string name, int most)
    {
        var text = from.Required(name, (int)((most * 4L + 2) / 3));
        return (text, Base64.TryRead(text) ?? throw from.Wrong(name, "is not base64url without padding"));
    }

    static bool IsGenuine(VerifyingKey key, byte[] content, byte[] signature, SignatureCheck? check, string source)
    {
        try
        {
            return check?.Invoke(key, content, signature) ?? key.Verify(content, signature);
        }
        catch (CryptographicException error)
        {
            throw new CertificateException(CertificateFault.BadSignature, $"{source} names a key that is no point on the curve P-256.", error);
        }
    }
}
