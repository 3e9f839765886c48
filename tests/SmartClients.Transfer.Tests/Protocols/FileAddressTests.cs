using SmartClients.Naming;
using SmartClients.Transfer.Protocols;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols;

public class FileAddressTests
{
    [Theory]
    [InlineData("http://host/a/b?c=d#e", "http", "host:80", "/a/b?c=d")]
    [InlineData("https://host", "https", "host:443", "/")]
    [InlineData("ftp://host//etc/file", "ftp", "host:21", "//etc/file")]
    [InlineData("ftps://host:2121/a/../b", "ftps", "host:2121", "/a/../b")]
    [InlineData("sftp://[::1]:2222/~/a b", "sftp", "[::1]:2222", "/~/a%20b")]
    [InlineData("http://host/a b ü%C3%BC\u20ac\"{}?q=ö", "http", "host:80", "/a%20b%20%C3%BC%C3%BC%E2%82%AC%22%7B%7D?q=%C3%B6")]
    [InlineData("HTTP://HOST:8080/A%20B", "http", "host:8080", "/A%20B")]
    public void A_url_is_read_and_its_path_kept(string url, string scheme, string endpoint, string path)
    {
        var read = FileAddress.Parse(url);
        Assert.Equal((scheme, endpoint, path), (read.Scheme, read.Endpoint.Address, read.Path));
        Assert.Null(read.Login);
    }

    [Fact]
    public void Other_places_on_the_same_server_are_kept_in_order_and_none_twice()
    {
        var (one, two, three) = (FileAddress.Parse("http://h/1"), FileAddress.Parse("http://h/2"), FileAddress.Parse("http://h/3"));

        var all = one.Or(two).Or(one).Or(three).Or(two).Below("x");

        Assert.Equal(["/1/x", "/2/x", "/3/x"], [all.Path, all.Otherwise!.Path, all.Otherwise.Otherwise!.Path]);
        Assert.Null(all.Otherwise.Otherwise.Otherwise);
    }

    [Fact]
    public void User_and_password_are_read_and_the_password_is_never_shown()
    {
        var read = FileAddress.Parse("ftp://me%40home:p%3Aw@host/file");
        Assert.Equal(new Login("me@home", "p:w"), read.Login);
        Assert.Equal("ftp://me%40home@host:21/file", read.ToString());
        Assert.DoesNotContain("p:w", read.Login!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host/path")]
    [InlineData("gopher://host/")]
    [InlineData("http:///path")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://host/a%0d%0aDELE%20b")]
    [InlineData("ftps://host/a%0Ab")]
    [InlineData("ftp://host/a%00b")]
    [InlineData("sftp://host/a%1bb")]
    public void What_is_no_address_is_refused(string url) => Assert.Throws<FormatException>(() => FileAddress.Parse(url));

    [Theory]
    [InlineData("no slash")]
    [InlineData("/a b")]
    [InlineData("/a\r\nDELE b")]
    [InlineData("/a%0D%0ADELE b")]
    public void A_path_that_could_be_a_command_is_refused(string path) =>
        Assert.Throws<FormatException>(() => new FileAddress("ftp", new Endpoint("host", 21), path));

    [Fact]
    public void Every_scheme_has_its_port_and_one_protocol_each()
    {
        Assert.Equal(["ftp", "ftps", "http", "https", "sftp"], Schemes.Names);
        Assert.Equal((21, 21, 80, 443, 22), (Schemes.DefaultPort("ftp"), Schemes.DefaultPort("ftps"), Schemes.DefaultPort("http"), Schemes.DefaultPort("https"), Schemes.DefaultPort("sftp")));
        Assert.Null(Schemes.DefaultPort("file"));
        var schemes = new Schemes(new ProtocolOptions());
        Assert.Same(schemes.Of("http"), schemes.Of("http"));
        Assert.Contains("ftp, ftps, http, https, sftp", Assert.Throws<ArgumentException>(() => schemes.Of("file")).Message, StringComparison.Ordinal);
    }
}
