using System.Text;
using System.Text.Json.Nodes;
using CsCheck;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Tests.Naming.Certificates;

public class CertificateDocumentTests
{
    static ServiceCertificate Parse(JsonNode json) => CertificateDocument.Parse(Sample.Bytes(json), "quotes.json");

    static JsonObject Full() => Sample.Object(CertificateDocument.Write(Sample.Full));

    static ServiceCertificate ParseWith(string field, string json)
    {
        var at = Full();
        var path = field.Split('.');
        var parent = at;
        foreach (var step in path[..^1]) parent = parent[step]!.AsObject();
        parent[path[^1]] = "here";
        // As text: not everything that is tried can be written by a serializer.
        return CertificateDocument.Parse(Encoding.UTF8.GetBytes(at.ToJsonString().Replace("\"here\"", json, StringComparison.Ordinal)), "quotes.json");
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var read = Parse(Full());

        Assert.Equivalent(Sample.Full, read, strict: true);
        Assert.Equal(CertificateDocument.Write(Sample.Full), CertificateDocument.Write(read));
        Assert.Equal(CertificateDocument.Write(read), CertificateDocument.Write(CertificateDocument.Parse(CertificateDocument.Write(read, indented: true), "x")));
    }

    [Fact]
    public void What_has_its_default_is_left_out()
    {
        Assert.Equal(["version", "name", "serial", "issued", "expires", "endpoints"], Sample.Object(CertificateDocument.Write(Sample.Certificate())).Select(p => p.Key));
        var read = CertificateDocument.Parse(CertificateDocument.Write(Sample.Certificate()), "x");
        Assert.Equal((TimeSpan.Zero, 10_000, false, null), (read.UseStale, read.Limits.Members, read.SignedMembers, read.NextKey));
    }

    [Fact]
    public void Fields_that_are_not_known_are_passed_over()
    {
        var json = Full();
        json["colour"] = "blue";
        json["policy"]!["salt"] = new JsonArray(1, 2);
        Assert.Equal(7, Parse(json).Serial);
    }

    [Theory]
    [InlineData("version", "2", "older than the certificate")]
    [InlineData("version", "\"1\"", "not a whole number")]
    [InlineData("name", "\"Quotes\"", "write it as 'quotes'")]
    [InlineData("name", "\"quotes of the day\"", "write it as 'quotes-of-the-day'")]
    [InlineData("name", "\"a_b\"", "no service's name")]
    [InlineData("name", "\"\"", "is empty")]
    [InlineData("title", "\"a\\u001bb\"", "control character")]
    [InlineData("title", "\"a\\nb\"", "control character")]
    [InlineData("title", "\"a\\u202eb\"", "control character")]
    [InlineData("title", "\"\\ud800\"", "surrogate")]
    [InlineData("title", "7", "not a string")]
    [InlineData("title", "null", "not a string")]
    [InlineData("keywords", "\"quotes\"", "not an array")]
    [InlineData("keywords", "[\"a\",\"\"]", "\"keywords[1]\" is empty")]
    [InlineData("serial", "0", "whole number from 1")]
    [InlineData("serial", "1.5", "whole number")]
    [InlineData("serial", "9007199254740992", "whole number")]
    [InlineData("serial", "-1", "whole number")]
    [InlineData("serial", "1e3000", "whole number")]
    [InlineData("issued", "\"yesterday\"", "RFC 3339")]
    [InlineData("issued", "\"2026-11-22T08:00:00\"", "RFC 3339")]
    [InlineData("issued", "\"2026-11-22\"", "RFC 3339")]
    [InlineData("issued", "\"2026-13-22T08:00:00Z\"", "RFC 3339")]
    [InlineData("issued", "1790000000", "not a string")]
    [InlineData("expires", "\"2026-11-22T08:00:00Z\"", "not after \"issued\"")]
    [InlineData("expires", "\"2036-12-23T08:00:00Z\"", "more than ten years")]
    [InlineData("stale", "\"use\"", "neither \"refuse\"")]
    [InlineData("stale", "true", "neither \"refuse\"")]
    [InlineData("stale", "{}", "\"stale.use\" is missing")]
    [InlineData("stale", "{\"use\":\"P1Y\"}", "not a duration")]
    [InlineData("stale", "{\"use\":\"P367D\"}", "up to P366D")]
    [InlineData("stale", "{\"use\":\"PT0S\"}", "above zero")]
    [InlineData("endpoints", "[\"a\"]", "\"endpoints[0]\" is no endpoint: 'a' has no port")]
    [InlineData("endpoints", "[\"a:1\",{\"address\":\"b:2\",\"weight\":0}]", "\"endpoints[1]\" is no endpoint: Weight 0")]
    [InlineData("endpoints", "[\"a:1\",{\"address\":\"b:2\",\"zone\":\"\\ud800\"}]", "\"endpoints[1]\" is no endpoint")]
    [InlineData("endpoints", "{}", "not an array")]
    [InlineData("sources", "[\"srv:\"]", "\"sources[0]\" is no name")]
    [InlineData("sources", "[\"list:a:1/x\"]", "'/x' after the name")]
    [InlineData("sources", "[\"service://other\"]", "a certificate: a source tells members")]
    [InlineData("sources", "[\"other\"]", "a certificate: a source tells members")]
    [InlineData("sources", "[\"https://h/x.jws\"]", "a certificate: a source tells members")]
    [InlineData("sources", "[\"file:/dev/zero\"]", "names no file of the machine")]
    [InlineData("signedMembers", "1", "not true or false")]
    [InlineData("policy", "[]", "\"policy\" is not an object")]
    [InlineData("policy.affinity", "\"yes\"", "\"policy.affinity\" is not true or false")]
    [InlineData("policy.timeout", "\"5s\"", "\"policy.timeout\" is '5s', not a duration")]
    [InlineData("policy.attemptTimeout", "5", "\"policy.attemptTimeout\" is not a string")]
    [InlineData("limits.members", "0", "from 1 to 100000")]
    [InlineData("limits.attempts", "0", "from 1 to 1000")]
    [InlineData("limits.retryShare", "-0.1", "from 0 to 10")]
    [InlineData("limits.hedgeShare", "1e400", "from 0 to 1")]
    [InlineData("interface.scheme", "\"h t\"", "not a scheme")]
    [InlineData("interface.page", "\"javascript:alert(1)\"", "not the address of a web page")]
    [InlineData("interface.page", "\"https://user:secret@host/\"", "not the address of a web page")]
    [InlineData("nextKey", "\"short\"", "not a key's thumbprint")]
    public void A_field_that_is_wrong_is_named(string field, string json, string why)
    {
        var error = Sample.Refused(CertificateFault.Malformed, why, () => ParseWith(field, json));
        Assert.StartsWith("quotes.json: \"" + field.Split('[')[0], error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("name")]
    [InlineData("serial")]
    [InlineData("issued")]
    [InlineData("expires")]
    public void A_field_that_is_missing_is_named(string field)
    {
        var json = Full();
        json.Remove(field);
        Sample.Refused(CertificateFault.Malformed, $"\"{field}\" is missing", () => Parse(json));
    }

    [Theory]
    [InlineData("title", 200)]
    [InlineData("description", 2000)]
    [InlineData("interface.command", 1000)]
    public void A_text_has_a_longest_length(string field, int most)
    {
        ParseWith(field, '"' + new string('a', most) + '"');
        Sample.Refused(CertificateFault.Malformed, $"longer than {most} characters", () => ParseWith(field, '"' + new string('a', most + 1) + '"'));
    }

    [Theory]
    [InlineData("keywords", 32, "\"w\"")]
    [InlineData("endpoints", 1000, "\"a:1\"")]
    [InlineData("sources", 16, "\"list:a:1\"")]
    public void A_list_has_a_most(string field, int most, string item)
    {
        ParseWith(field, $"[{string.Join(',', Enumerable.Repeat(item, most))}]");
        Sample.Refused(CertificateFault.Malformed, $"has {most + 1} items; the most is {most}",
            () => ParseWith(field, $"[{string.Join(',', Enumerable.Repeat(item, most + 1))}]"));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[\"members:/members\"]")]
    public void One_that_leads_to_no_member_at_all_is_refused(string sources)
    {
        var json = Full();
        json["sources"] = JsonNode.Parse(sources);
        json["endpoints"] = new JsonArray();
        Sample.Refused(CertificateFault.Malformed, "names no member", () => Parse(json));
        json["sources"] = new JsonArray("srv:_q._tcp.h");
        Assert.Empty(Parse(json).Endpoints);
    }

    [Theory]
    [InlineData("""{"version":1,"serial":1,"serial":2}""", "serial")]
    [InlineData("""{"version":1,"limits":{"members":1,"members":2}}""", "members")]
    [InlineData("""{"version":1,"unknown":{"a":1,"\u0061":2}}""", "a")]
    public void A_field_that_stands_twice_is_refused(string json, string field)
    {
        var error = Sample.Refused(CertificateFault.Malformed, "not JSON that can be believed", () => CertificateDocument.Parse(Encoding.UTF8.GetBytes(json), "x"));
        Assert.Contains(field, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("// a comment\n{}")]
    [InlineData("{\"version\":1,}")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("\ufeff{}")]
    public void What_is_no_JSON_is_refused(string json) =>
        Assert.Equal(CertificateFault.Malformed, Assert.Throws<CertificateException>(() => CertificateDocument.Parse(Encoding.UTF8.GetBytes(json), "x")).Fault);

    [Fact]
    public void What_is_no_object_is_refused() =>
        Sample.Refused(CertificateFault.Malformed, "not a JSON object", () => CertificateDocument.Parse("[]"u8.ToArray(), "x"));

    [Fact]
    public void A_document_has_a_largest_size_and_a_deepest_nesting()
    {
        Sample.Refused(CertificateFault.Malformed, "65,536", () => CertificateDocument.Parse(new byte[CertificateDocument.MostBytes + 1], "x"));
        Sample.Refused(CertificateFault.Malformed, "not JSON that can be believed", () => ParseWith("unknown", new string('[', 16) + new string(']', 16)));
        ParseWith("unknown", new string('[', 15) + new string(']', 15));
    }

    [Fact]
    public void What_could_not_be_read_back_is_not_written()
    {
        Sample.Refused(CertificateFault.Malformed, "\"serial\"", () => CertificateDocument.Write(Sample.Certificate(0)));
        Sample.Refused(CertificateFault.Malformed, "\"policy.timeout\"",
            () => CertificateDocument.Write(Sample.Full with { Policy = new CertifiedPolicy { Timeout = Timeout.InfiniteTimeSpan } }));
        Sample.Refused(CertificateFault.Malformed, "\"title\"", () => CertificateDocument.Write(Sample.Full with { Title = "a\nb" }));
        Sample.Refused(CertificateFault.Malformed, "larger than",
            () => CertificateDocument.Write(Sample.Full with { Endpoints = [.. Enumerable.Range(1, 1000).Select(i => new Endpoint(new string('h', 60), i) { Zone = new string('z', 50) })] }));
    }

    [Fact]
    public void Times_and_spans_come_back_to_the_tick()
    {
        var issued = Gen.Long[Sample.Now.AddYears(-5).Ticks, Sample.Now.Ticks].Select(t => new DateTimeOffset(t, TimeSpan.Zero));
        var life = Gen.Long[1, TimeSpan.FromDays(3653).Ticks].Select(TimeSpan.FromTicks);
        var stale = Gen.Long[0, TimeSpan.FromDays(366).Ticks].Select(TimeSpan.FromTicks);
        Gen.Select(issued, life, stale, Gen.Int[-14, 14]).Sample((from, length, use, offset) =>
        {
            var certificate = Sample.Certificate() with { Issued = from.ToOffset(TimeSpan.FromHours(offset)), Expires = from + length, UseStale = use };
            var read = CertificateDocument.Parse(CertificateDocument.Write(certificate), "x");
            return read.Issued == certificate.Issued && read.Expires == certificate.Expires && read.UseStale == use;
        });
    }

    [Theory]
    [InlineData("P7D", 7 * 86400.0)]
    [InlineData("P2W", 14 * 86400.0)]
    [InlineData("P1W1D", 8 * 86400.0)]
    [InlineData("P1DT12H", 36 * 3600.0)]
    [InlineData("PT90M", 5400.0)]
    [InlineData("PT2.5S", 2.5)]
    public void Spans_are_ISO_8601(string text, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), ParseWith("stale", $$"""{"use":"{{text}}"}""").UseStale);

    [Theory]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("7D")]
    [InlineData("P7")]
    [InlineData("P1M")]
    [InlineData("P1D1W")]
    [InlineData("PT1S1M")]
    [InlineData("PT1.5M")]
    [InlineData("PT.5S")]
    [InlineData("PT5.S")]
    [InlineData("P-1D")]
    [InlineData("P 1D")]
    [InlineData("P1DT1HT1M")]
    [InlineData("P99999999999999999999W")]
    [InlineData("P999999999999999W")]
    [InlineData("p7d")]
    public void What_is_no_span_is_refused(string text) =>
        Sample.Refused(CertificateFault.Malformed, "not a duration", () => ParseWith("stale", $$"""{"use":"{{text}}"}"""));

    [Fact]
    public void A_message_stays_short_whatever_the_field_holds()
    {
        var error = Assert.Throws<CertificateException>(() => ParseWith("endpoints", $"[\"{new string('a', 60_000)}\"]"));
        Assert.InRange(error.Message.Length, 1, 600);
    }
}
