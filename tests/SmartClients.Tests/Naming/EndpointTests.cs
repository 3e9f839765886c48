using CsCheck;
using SmartClients.Naming;

namespace SmartClients.Tests.Naming;

public class EndpointTests
{
    [Theory]
    [InlineData("a:80", "a", 80, "a:80")]
    [InlineData(" Quotes.Example:8080 ", "quotes.example", 8080, "quotes.example:8080")]
    [InlineData("10.0.0.1:65535", "10.0.0.1", 65535, "10.0.0.1:65535")]
    [InlineData("[::1]:443", "::1", 443, "[::1]:443")]
    [InlineData("[FE80::2]:1", "fe80::2", 1, "[fe80::2]:1")]
    public void Reads(string text, string host, int port, string address)
    {
        var endpoint = Endpoint.Parse(text);
        Assert.Equal((host, port, address), (endpoint.Host, endpoint.Port, endpoint.Address));
        Assert.Equal(address, endpoint.ToString());
    }

    [Theory]
    [InlineData("a", "a:99")]
    [InlineData("[::1]", "[::1]:99")]
    [InlineData("a:1", "a:1")]
    public void Takes_the_default_port_where_none_is_written(string text, string address) =>
        Assert.Equal(address, Endpoint.Parse(text, 99).Address);

    [Theory]
    [InlineData("", "write host:port")]
    [InlineData("a", "no port")]
    [InlineData(":80", "write host:port")]
    [InlineData("a:", "'' in 'a:' is not a port")]
    [InlineData("a:0", "'0' in 'a:0' is not a port: a number from 1 to 65535")]
    [InlineData("a:65536", "'65536'")]
    [InlineData("a:-1", "'-1'")]
    [InlineData("a:99999999999", "'99999999999'")]
    [InlineData("a:8x", "'8x'")]
    [InlineData("a b:80", "'a b'")]
    [InlineData("a/b:80", "'a/b'")]
    [InlineData("::1:80", "IPv6")]
    [InlineData("[::1:80", "no ']'")]
    [InlineData("[::1]80", "[ipv6]:port")]
    public void Says_what_is_wrong_and_what_to_write(string text, string says)
    {
        var error = Assert.Throws<FormatException>(() => Endpoint.Parse(text));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void Any_text_is_read_or_refused_and_what_is_read_reads_the_same_again() =>
        Gen.String.Sample(text =>
        {
            try
            {
                var endpoint = Endpoint.Parse(text);
                return Endpoint.Parse(endpoint.Address).Equals(endpoint);
            }
            catch (FormatException)
            {
                return true;
            }
        });

    [Fact]
    public void Is_the_same_replica_whatever_else_changes()
    {
        var endpoint = new Endpoint("A", 80);
        var other = endpoint with { Weight = 3, Zone = "b", Authority = "x" };
        Assert.Equal(endpoint, other);
        Assert.Equal(endpoint.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(endpoint, new Endpoint("a", 81));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e7)]
    public void Refuses_a_weight_that_is_none(double weight) =>
        Assert.Contains("a:80", Assert.Throws<ArgumentException>(() => new Endpoint("a", 80) { Weight = weight }).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("a", 0)]
    [InlineData("a", 65536)]
    [InlineData("", 80)]
    [InlineData("a b", 80)]
    public void Refuses_what_is_no_address(string host, int port) => Assert.ThrowsAny<ArgumentException>(() => new Endpoint(host, port));
}
