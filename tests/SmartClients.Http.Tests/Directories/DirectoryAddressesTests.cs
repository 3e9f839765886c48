using SmartClients.Http.Directories;
using SmartClients.Naming;
using Xunit;

namespace SmartClients.Http.Tests.Directories;

public class DirectoryAddressesTests
{
    [Theory]
    [InlineData("http://a:8600", "http://a:8600/x")]
    [InlineData("http://a", "http://a:80/x")]
    [InlineData("https://B.example/", "https://b.example:443/x")]
    [InlineData(" http://a:1 , https://[::1]:2,", "http://a:1/x https://[::1]:2/x")]
    [InlineData("list:a:8600,b:8601", "http://a:8600/x http://b:8601/x")]
    public void Addresses_and_names_are_read(string text, string expected) =>
        Assert.Equal(expected, string.Join(' ', DirectoryAddresses.Parse(text).Immediate!.Endpoints.Select(endpoint => DirectoryAddresses.At(endpoint, "/x"))));

    [Fact]
    public void The_name_of_a_virtual_host_is_kept() =>
        Assert.Equal("b.example", DirectoryAddresses.Parse("https://b.example").Immediate!.Endpoints[0].Authority);

    [Fact]
    public void Names_are_opened_by_the_programs_own_table()
    {
        var names = Names.Core.With("mine", (name, _) => new StaticNames(new Endpoint(name.Value, 9)));
        Assert.Equal("a:9", DirectoryAddresses.Parse("mine:a", names).Immediate!.Endpoints[0].Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" , ")]
    [InlineData("a:8600")]
    [InlineData("http://")]
    [InlineData("http://a:99999")]
    [InlineData("http://a/path")]
    [InlineData("http://a?q")]
    [InlineData("http://user@a")]
    [InlineData("http://a,ftp://b")]
    [InlineData("http://a,list:b:1")]
    [InlineData("ftp://a")]
    [InlineData("srv:_x._tcp.example.org")]
    public void What_is_neither_is_named_with_what_to_write(string text) => Assert.NotEmpty(Assert.Throws<FormatException>(() => DirectoryAddresses.Parse(text)).Message);
}
