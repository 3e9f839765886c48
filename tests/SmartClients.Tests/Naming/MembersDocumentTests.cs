using System.Text;
using CsCheck;
using SmartClients.Naming;

namespace SmartClients.Tests.Naming;

public class MembersDocumentTests
{
    static MemberSet Parse(string json) => MembersDocument.Parse(Encoding.UTF8.GetBytes(json), "m.json");

    [Fact]
    public void Reads_everything_it_knows_and_ignores_the_rest()
    {
        var set = Parse("""
            // members of the quotes service
            {"version": 7, "members": [
              {"address": "a:80", "zone": "z1", "weight": 2, "authority": "quotes.example", "metadata": {"rtt_ms": "12", "n": 3}, "x": []},
              "b:81", {"address": "c:82", "zone": null},
            ]}
            """);
        Assert.Equal("m.json", set.Source);
        Assert.Equal(["a:80", "b:81", "c:82"], set.Endpoints.Select(e => e.Address));
        var a = set.Endpoints[0];
        Assert.Equal(("z1", 2.0, "quotes.example"), (a.Zone, a.Weight, a.Authority));
        Assert.Equal("12", Assert.Single(a.Metadata).Value);
        Assert.Null(set.Endpoints[2].Zone);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{\"members\": [", "not JSON: line 1")]
    [InlineData("[]", "no \"members\" array")]
    [InlineData("{\"members\": {}}", "no \"members\" array")]
    [InlineData("{\"members\": []}", "names no member")]
    [InlineData("{\"members\": [1]}", "member 1: a member is an address or an object")]
    [InlineData("{\"members\": [\"a:1\", {}]}", "member 2: it has no \"address\"")]
    [InlineData("{\"members\": [{\"address\": 5}]}", "\"address\" is not a string")]
    [InlineData("{\"members\": [\"a\"]}", "member 1: 'a' has no port")]
    [InlineData("{\"members\": [{\"address\": \"a:1\", \"weight\": \"2\"}]}", "\"weight\" is not a number")]
    [InlineData("{\"members\": [{\"address\": \"a:1\", \"weight\": 1e400}]}", "\"weight\" is not a number")]
    [InlineData("{\"members\": [{\"address\": \"a:1\", \"weight\": 1e308}]}", "out of range")]
    [InlineData("{\"members\": [{\"address\": \"a:1\", \"weight\": 0}]}", "out of range")]
    [InlineData("{\"members\": [{\"address\": \"a:1\", \"metadata\": 3}]}", "\"metadata\" is not an object")]
    public void Says_where_and_why(string json, string says)
    {
        var error = Assert.Throws<FormatException>(() => Parse(json));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("m.json", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Is_bounded_in_bytes_members_and_depth()
    {
        Assert.Contains("16 MiB", Assert.Throws<FormatException>(() => MembersDocument.Parse(new byte[MembersDocument.MostBytes + 1], "m")).Message, StringComparison.Ordinal);
        var many = "{\"members\":[" + string.Join(',', Enumerable.Repeat("\"a:1\"", MemberSet.Most + 1)) + "]}";
        Assert.Contains("100,000", Assert.Throws<FormatException>(() => Parse(many)).Message, StringComparison.Ordinal);
        Assert.Throws<FormatException>(() => Parse(string.Concat(Enumerable.Repeat("{\"a\":", 50)) + "1" + new string('}', 50)));
    }

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Byte.Array[0, 60].Sample(bytes =>
        {
            try
            {
                return MembersDocument.Parse(bytes, "m").Endpoints.Length > 0;
            }
            catch (FormatException)
            {
                return true;
            }
        });

    [Fact]
    public void A_good_document_with_one_byte_changed_is_read_or_refused()
    {
        var good = Encoding.UTF8.GetBytes("""{"members":[{"address":"a:80","zone":"z","weight":2,"metadata":{"k":"v"}},"[::1]:81"]}""");
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte).Sample((at, with) =>
        {
            var bytes = good.ToArray();
            bytes[at] = with;
            try
            {
                return MembersDocument.Parse(bytes, "m").Endpoints.Length > 0;
            }
            catch (FormatException)
            {
                return true;
            }
        });
    }
}
