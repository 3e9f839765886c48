using System.Text.Json.Nodes;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certificates;

public sealed class SignedMembersTests : IDisposable
{
    readonly SigningKey key = SigningKey.Create();
    readonly SigningKey other = SigningKey.Create();

    public void Dispose()
    {
        key.Dispose();
        other.Dispose();
    }

    static byte[] Signed(SigningKey by, long serial = 3, string service = "quotes") =>
        by.SignMembers(service, serial, Sample.Now.AddHours(1), [new Endpoint("10.0.0.1", 80) { Zone = "eu", Weight = 2 }, new Endpoint("10.0.0.2", 80)]);

    SignedMembers Read(byte[] document, SignedMembers? known = null, DateTimeOffset? now = null) =>
        SignedMembers.Read(document, "members.json", key.Thumbprint, "quotes", known, now ?? Sample.Now);

    [Fact]
    public void What_is_signed_is_read_back()
    {
        var read = Read(Signed(key));

        Assert.Equal(["10.0.0.1:80", "10.0.0.2:80"], read.Members.Endpoints.Select(e => e.Address));
        Assert.Equal(("eu", 2.0), (read.Members.Endpoints[0].Zone, read.Members.Endpoints[0].Weight));
        Assert.Equal(("quotes", 3L, key.Thumbprint, "members.json"), (read.Name, read.Serial, read.Key, read.Members.Source));
        Read(Signed(key), read);
        Read(Signed(key, 4), read);
    }

    [Fact]
    public void Each_way_of_not_being_the_right_one_is_told()
    {
        Sample.Refused(CertificateFault.WrongKey, $"signed by {other.Thumbprint}, and the certificate by {key.Thumbprint}", () => Read(Signed(other)));
        Sample.Refused(CertificateFault.WrongName, "the members of 'other'", () => Read(Signed(key, 3, "other")));
        Sample.Refused(CertificateFault.RolledBack, "the serial 2, and 3 was seen", () => Read(Signed(key, 2), Read(Signed(key))));
        Sample.Refused(CertificateFault.Expired, "ended at 2026-11-23T09:00:00Z", () => Read(Signed(key), now: Sample.Now.AddHours(2)));
        Sample.Refused(CertificateFault.BadSignature, "is not signed", () => Read(MembersDocument.Write([new Endpoint("10.6.6.6", 80)])));
        Sample.Refused(CertificateFault.Malformed, "\"protected.typ\" is 'service-certificate+json'", () => Read(key.Sign(Sample.Certificate())));
        Sample.Refused(CertificateFault.Malformed, "signed for another purpose", () => Sample.Read(Signed(key)));
        Read(Signed(key), now: Sample.Now.AddHours(1).AddMinutes(5));
    }

    [Fact]
    public void A_changed_document_is_refused()
    {
        var forged = Sample.Object(Signed(key));
        forged["payload"] = Sample.Encode("""{"name":"quotes","serial":3,"expires":"2027-01-01T00:00:00Z","members":["10.6.6.6:80"]}""");
        Sample.Refused(CertificateFault.BadSignature, "was changed", () => Read(Sample.Bytes(forged)));
    }

    [Theory]
    [InlineData("""{"serial":3,"expires":"2027-01-01T00:00:00Z","members":["a:1"]}""", "\"name\" is missing")]
    [InlineData("""{"name":"quotes","expires":"2027-01-01T00:00:00Z","members":["a:1"]}""", "\"serial\" is missing")]
    [InlineData("""{"name":"quotes","serial":3,"members":["a:1"]}""", "\"expires\" is missing")]
    [InlineData("""{"name":"quotes","serial":3,"expires":"2027-01-01T00:00:00Z","members":[]}""", "names no member")]
    [InlineData("""{"name":"quotes","serial":3,"expires":"2027-01-01T00:00:00Z","members":["a"]}""", "member 1: 'a' has no port")]
    [InlineData("""{"name":"quotes","serial":3,"expires":"2027-01-01T00:00:00Z","members":["a:1"],"members":["b:1"]}""", "members")]
    public void A_payload_that_breaks_the_form_is_refused(string payload, string why) =>
        Sample.Refused(CertificateFault.Malformed, why, () => Read(Sample.Forge(key, payload, header => header["typ"] = (JsonNode)"service-members+json")));

    [Fact]
    public void A_document_has_a_largest_size() =>
        Sample.Refused(CertificateFault.Malformed, "the most is 25,165,824", () => Read(new byte[SignedMembers.MostBytes + 1]));

    [Fact]
    public void A_million_members_are_refused()
    {
        var many = Enumerable.Range(0, 1_000_000).Select(i => "a:1");
        Sample.Refused(CertificateFault.Malformed, "members", () => Read(Sample.Forge(key,
            $$"""{"name":"quotes","serial":3,"expires":"2027-01-01T00:00:00Z","members":["{{string.Join("\",\"", many)}}"]}""", header => header["typ"] = "service-members+json")));
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_signed() =>
        Sample.Refused(CertificateFault.Malformed, "names no member", () => key.SignMembers("quotes", 1, Sample.Now, []));
}
