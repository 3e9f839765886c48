using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certificates;

public sealed class SignedCertificateTests : IDisposable
{
    readonly SigningKey key = SigningKey.Create();
    readonly SigningKey other = SigningKey.Create();

    public void Dispose()
    {
        key.Dispose();
        other.Dispose();
    }

    JsonObject Signed() => Sample.Object(key.Sign(Sample.Certificate()));

    static void Refused(CertificateFault fault, string why, JsonNode document) => Sample.Refused(fault, why, () => Sample.Read(Sample.Bytes(document)));

    [Fact]
    public void What_is_signed_is_read_back_byte_for_byte()
    {
        var payload = Encoding.UTF8.GetBytes(Sample.Payload(Sample.Full).Replace("{\"version\"", "{ \"colour\": [\"blue\"],\n\"version\"", StringComparison.Ordinal));

        var document = key.Sign((ReadOnlyMemory<byte>)payload);
        var read = Sample.Read(document);

        Assert.Equal(payload, read.Payload.ToArray());
        Assert.Equal(document, read.Document.ToArray());
        Assert.Equal((key.Thumbprint, 7L), (read.Key, read.Certificate.Serial));
        Assert.Empty(read.Lineage);
    }

    [Fact]
    public void Every_changed_bit_is_refused()
    {
        var document = key.Sign(Sample.Certificate());
        for (var at = 0; at < document.Length * 8; at++)
        {
            var changed = document.ToArray();
            changed[at / 8] ^= (byte)(1 << at % 8);
            var error = Assert.Throws<CertificateException>(() => Sample.Read(changed));
            Assert.True(error.Fault is CertificateFault.BadSignature or CertificateFault.Malformed, $"bit {at}: {error.Message}");
        }
    }

    [Fact]
    public void Whatever_is_changed_either_nothing_is_believed_or_what_was_signed()
    {
        using var next = SigningKey.Create();
        var first = key.Sign(1, next.Thumbprint);
        var document = next.Sign(Sample.Certificate(2), first);
        var payload = Sample.Read(document).Payload.ToArray();
        Gen.Select(Gen.Int[0, document.Length - 1], Gen.Byte, Gen.Int[0, 3]).Array[1, 4].Sample(changes =>
        {
            var bytes = document.ToList();
            foreach (var (at, value, how) in changes)
            {
                if (how == 0) bytes.RemoveAt(at % bytes.Count);
                else if (how == 1) bytes.Insert(at % bytes.Count, value);
                else bytes[at % bytes.Count] = value;
            }
            try
            {
                var read = Sample.Read([.. bytes]);
                // The lineage's name may be spoilt, and the lineage be lost with it: it is not what is believed.
                return read.Key == next.Thumbprint && read.Payload.Span.SequenceEqual(payload);
            }
            catch (CertificateException)
            {
                return true;
            }
        });
    }

    [Fact]
    public void Every_document_cut_short_is_refused()
    {
        var document = key.Sign(Sample.Certificate());
        for (var length = 0; length < document.Length; length++)
            Assert.Throws<CertificateException>(() => Sample.Read(document[..length]));
    }

    [Fact]
    public void A_payload_of_somebody_else_does_not_fit_the_signature()
    {
        var mine = Signed();
        mine["payload"] = Sample.Object(other.Sign(Sample.Certificate(9)))["payload"]!.DeepClone();
        Refused(CertificateFault.BadSignature, "was changed after it was signed", mine);
    }

    [Fact]
    public void A_key_of_somebody_else_does_not_fit_the_signature()
    {
        var mine = Signed();
        mine["protected"] = Sample.Object(other.Sign(Sample.Certificate()))["protected"]!.DeepClone();
        Refused(CertificateFault.BadSignature, "was changed after it was signed", mine);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES384")]
    [InlineData("es256")]
    [InlineData("None")]
    public void Only_one_algorithm_is_accepted(string algorithm)
    {
        var forged = Sample.Object(Sample.Forge(key, Sample.Payload(Sample.Certificate()), header => header["alg"] = algorithm));
        Refused(CertificateFault.Malformed, $"\"protected.alg\" is '{algorithm}': only ES256", forged);
        // Unsigned, as the attack has it.
        forged["signature"] = "";
        Refused(CertificateFault.Malformed, "\"signature\" is empty", forged);
    }

    [Theory]
    [InlineData("typ", "\"service-members+json\"", "signed for another purpose")]
    [InlineData("typ", "\"JWT\"", "signed for another purpose")]
    [InlineData("typ", "null", "not a string")]
    [InlineData("crit", "[\"exp\"]", "demands extensions")]
    [InlineData("crit", "[\"b64\"]", "demands extensions")]
    [InlineData("jwk", "\"key\"", "not an object")]
    [InlineData("jwk", "{\"kty\":\"RSA\",\"crv\":\"P-256\"}", "not a key of the curve P-256")]
    [InlineData("jwk", "{\"kty\":\"EC\",\"crv\":\"P-521\"}", "not a key of the curve P-256")]
    [InlineData("jwk", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}", "\"protected.jwk.x\" is not 32 bytes long")]
    [InlineData("jwk", "{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\",\"d\":\"AA\"}", "PRIVATE key")]
    public void A_header_that_is_wrong_is_named(string field, string json, string why) =>
        Refused(CertificateFault.Malformed, why, Sample.Object(Sample.Forge(key, Sample.Payload(Sample.Certificate()), header => header[field] = JsonNode.Parse(json))));

    [Fact]
    public void A_key_that_is_no_point_on_the_curve_is_refused()
    {
        var nowhere = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Sample.Encode(new string('x', 32)), ["y"] = Sample.Encode(new string('y', 32)) };
        Refused(CertificateFault.BadSignature, "no point on the curve", Sample.Object(Sample.Forge(key, Sample.Payload(Sample.Certificate()), header => header["jwk"] = nowhere)));
    }

    [Fact]
    public void A_header_that_names_a_thing_twice_is_refused()
    {
        var forged = Signed();
        forged["protected"] = Sample.Encode("""{"alg":"ES256","alg":"none","typ":"service-certificate+json","jwk":{}}""");
        Refused(CertificateFault.Malformed, "alg", forged);
    }

    [Theory]
    [InlineData("alg", "\"none\"")]
    [InlineData("jwk", "{}")]
    [InlineData("crit", "[]")]
    public void What_must_be_signed_is_not_taken_from_outside(string field, string json)
    {
        var forged = Signed();
        forged["header"] = new JsonObject { [field] = JsonNode.Parse(json) };
        Refused(CertificateFault.Malformed, $"\"header.{field}\" stands outside what is signed", forged);
    }

    [Theory]
    [InlineData("payload")]
    [InlineData("protected")]
    [InlineData("signature")]
    public void A_part_that_stands_twice_is_refused(string part)
    {
        var text = Encoding.UTF8.GetString(key.Sign(Sample.Certificate()));
        Sample.Refused(CertificateFault.Malformed, part, () => Sample.Read(Encoding.UTF8.GetBytes($"{{\"{part}\":\"AAAA\",{text[1..]}")));
    }

    [Theory]
    [InlineData("signature", "=")]
    [InlineData("payload", "==")]
    [InlineData("payload", " ")]
    [InlineData("payload", "\n")]
    [InlineData("protected", "+")]
    [InlineData("signature", "A")]
    public void A_part_has_one_spelling(string part, string more)
    {
        var forged = Signed();
        forged[part] = forged[part]!.GetValue<string>() + more;
        Assert.Throws<CertificateException>(() => Sample.Read(Sample.Bytes(forged)));
    }

    [Fact]
    public void Bits_that_mean_nothing_are_refused()
    {
        var forged = Signed();
        var text = forged["signature"]!.GetValue<string>();
        const string letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        Assert.Equal(0, letters.IndexOf(text[^1], StringComparison.Ordinal) % 16);
        forged["signature"] = text[..^1] + letters[letters.IndexOf(text[^1], StringComparison.Ordinal) + 1];
        Refused(CertificateFault.Malformed, "\"signature\" is not base64url", forged);
    }

    [Fact]
    public void A_signature_in_another_form_is_refused()
    {
        var forged = Signed();
        forged["signature"] = Sample.Encode(new string('x', 63));
        Refused(CertificateFault.Malformed, "64 bytes", forged);
        forged["signature"] = new string('A', 86);
        Refused(CertificateFault.BadSignature, "was changed", forged);
    }

    [Fact]
    public void Several_signatures_are_refused() =>
        Refused(CertificateFault.Malformed, "several signatures", new JsonObject { ["payload"] = "AAAA", ["signatures"] = new JsonArray() });

    [Fact]
    public void One_that_nobody_signed_is_told_apart() =>
        Sample.Refused(CertificateFault.Malformed, "nobody has signed", () => Sample.Read(CertificateDocument.Write(Sample.Certificate())));

    [Fact]
    public void A_document_has_a_largest_size()
    {
        Sample.Refused(CertificateFault.Malformed, "larger than a signed certificate may be", () => Sample.Read(new byte[SignedCertificate.MostBytes + 1]));
        Sample.Refused(CertificateFault.Malformed, "the most is 262,144", () => Sample.Read(new byte[100_000_000]));
        var forged = Signed();
        forged["payload"] = new string('A', 90_000);
        Refused(CertificateFault.Malformed, "\"payload\" is longer than", forged);
    }

    [Fact]
    public void A_signed_payload_that_breaks_the_form_is_refused()
    {
        var forged = Sample.Forge(key, """{"version":1,"name":"quotes","serial":0}""");
        Sample.Refused(CertificateFault.Malformed, "quotes.jws: \"serial\" is not a whole number", () => Sample.Read(forged));
    }
}
