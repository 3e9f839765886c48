using System.Net;
using SmartClients.Naming;

namespace SmartClients.Tests.Naming;

public class AddressRulesTests
{
    [Theory]
    [InlineData("169.254.169.254", "metadata")]
    [InlineData("169.254.0.1", "link-local")]
    [InlineData("100.100.100.200", "metadata")]
    [InlineData("168.63.129.16", "metadata")]
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.1.2.3", "unspecified")]
    [InlineData("0", "unspecified")]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("255.255.255.255", "broadcast")]
    [InlineData("240.0.0.1", "reserved")]
    [InlineData("::", "unspecified")]
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%eth0", "link-local")]
    [InlineData("febf:ffff::1", "link-local")]
    [InlineData("ff02::1", "multicast")]
    [InlineData("fd00:ec2::254", "metadata")]
    [InlineData("[fd00:ec2:0:0:0:0:0:254]", "metadata")]
    [InlineData("metadata.google.internal", "metadata")]
    [InlineData("Metadata.Google.Internal.", "metadata")]
    public void What_no_replica_has_is_refused(string host, string why) => Assert.Contains(why, AddressRules.Default.Refuses(host), StringComparison.Ordinal);

    [Theory]
    [InlineData("2852039166")]
    [InlineData("0xA9FEA9FE")]
    [InlineData("0xa9.0xfe.0xa9.0xfe")]
    [InlineData("0251.0376.0251.0376")]
    [InlineData("025177524776")]
    [InlineData("169.254.43518")]
    [InlineData("169.16689662")]
    [InlineData("169.254.169.254.")]
    [InlineData(" 169.254.169.254 ")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("::ffff:a9fe:a9fe")]
    [InlineData("[::ffff:a9fe:a9fe]")]
    [InlineData("::169.254.169.254")]
    [InlineData("64:ff9b::a9fe:a9fe")]
    [InlineData("2002:a9fe:a9fe::1")]
    [InlineData("１６９.２５４.１６９.２５４")]
    [InlineData("169。254。169。254")]
    public void No_spelling_of_it_passes(string host) => Assert.NotNull(AddressRules.Default.Refuses(host));

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    [InlineData("10.0.0.1")]
    [InlineData("192.168.1.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::a00:1")]
    [InlineData("100.100.100.201")]
    [InlineData("8.8.8.8")]
    [InlineData("fd00:ec2::253")]
    [InlineData("2001:db8::1")]
    [InlineData("quotes.example.org")]
    [InlineData("quotes.example.org.")]
    [InlineData("xn--bcher-kva.example")]
    public void What_replicas_have_is_not(string host) => Assert.Null(AddressRules.Default.Refuses(host));

    [Fact]
    public void What_is_allowed_passes_in_every_spelling()
    {
        var rules = new AddressRules { Allowed = [IPNetwork.Parse("169.254.10.0/24")], AllowedNames = ["metadata"] };
        Assert.Null(rules.Refuses("169.254.10.7"));
        Assert.Null(rules.Refuses("::ffff:169.254.10.7"));
        Assert.NotNull(rules.Refuses("169.254.169.254"));
        Assert.Null(rules.Refuses("metadata"));
        Assert.NotNull(rules.Refuses("metadata.google.internal"));
        Assert.Null(AddressRules.AllowAll.Refuses("169.254.169.254"));
        Assert.Null(AddressRules.AllowAll.Refuses("fe80::1"));
        Assert.Null(AddressRules.AllowAll.Refuses("metadata.google.internal"));
    }

    [Fact]
    public void A_set_is_sifted_and_the_first_reason_told()
    {
        var set = new MemberSet([new Endpoint("10.0.0.1", 80), new Endpoint("169.254.169.254", 80), new Endpoint("224.0.0.1", 80)], "test");
        var allowed = AddressRules.Default.Sift(set, out var refused);
        Assert.Equal("10.0.0.1:80", Assert.Single(allowed.Endpoints).Address);
        Assert.Equal("169.254.169.254 is a cloud's metadata service", refused);
        Assert.Same(allowed, AddressRules.Default.Sift(allowed, out refused));
        Assert.Null(refused);
    }
}
