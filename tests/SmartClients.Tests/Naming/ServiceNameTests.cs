using CsCheck;
using SmartClients.Naming;

namespace SmartClients.Tests.Naming;

public class ServiceNameTests
{
    const string Key = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

    [Theory]
    [InlineData("list:a:1,b:2/x/y?q=1", "list:a:1,b:2", "/x/y?q=1")]
    [InlineData("list:a:1,b:2", "list:a:1,b:2", "")]
    [InlineData("list:a:1/", "list:a:1", "/")]
    [InlineData("list:a:1?q=/", "list:a:1", "/?q=/")]
    [InlineData("list:[::1]:80/x", "list:[::1]:80", "/x")]
    [InlineData("file:members.json/x", "file:members.json", "/x")]
    [InlineData("file:/etc/smart/members.json/x.json/y", "file:/etc/smart/members.json", "/x.json/y")]
    [InlineData("file:/etc/members.json.d/a.json?q", "file:/etc/members.json.d/a.json", "/?q")]
    [InlineData("file:members.json", "file:members.json", "")]
    [InlineData("file:/etc/members", "file:/etc/members", "")]
    [InlineData("service://quotes", "service://quotes", "")]
    [InlineData("service://now-chat/room/1?x", "service://now-chat", "/room/1?x")]
    [InlineData("service://now chat service/room", "service://now-chat", "/room")]
    [InlineData("now chat service", "service://now-chat", "")]
    [InlineData("Now  Chat/x", "service://now-chat", "/x")]
    [InlineData("service://now-chat-service", "service://now-chat-service", "")]
    [InlineData("service", "service://service", "")]
    [InlineData("quotes.example.org", "service://quotes.example.org", "")]
    [InlineData("service://quotes@" + Key + "/x", "service://quotes@" + Key, "/x")]
    [InlineData("dns:host:8080/x", "dns:host:8080", "/x")]
    [InlineData("srv:_http._tcp.svc.test/x", "srv:_http._tcp.svc.test", "/x")]
    [InlineData("http://host:81/certs/quotes.jws/today", "http://host:81/certs/quotes.jws", "/today")]
    [InlineData("https://host/quotes.jws@" + Key + "/a@b", "https://host/quotes.jws@" + Key, "/a@b")]
    [InlineData("https://host/certificate?x=1", "https://host/certificate", "/?x=1")]
    [InlineData("https://host/members.json", "https://host/members.json", "")]
    public void A_name_and_a_path(string text, string name, string path)
    {
        var parsed = ServiceName.Parse(text);
        Assert.Equal((name, path), (parsed.ToString(), parsed.Path));
        Assert.Equal(name, ServiceName.Parse(parsed.ToString()).ToString());
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("/x", "service's name")]
    [InlineData(":x", "form of name")]
    [InlineData("LIST:a:1", "form of name")]
    [InlineData("list:", "after the colon")]
    [InlineData("list:/x", "after the colon")]
    [InlineData("service://", "service's name")]
    [InlineData("service://a..b", "service's name")]
    [InlineData("service://a_b", "service's name")]
    [InlineData("service://q@short", "thumbprint")]
    [InlineData("http:x.jws", "no host")]
    [InlineData("http:///x.jws", "address of a document")]
    [InlineData("https://u:p@host/x.jws", "address of a document")]
    [InlineData("https://host/x.jws@bad/x", "thumbprint")]
    [InlineData("service://a\nb", "control character")]
    public void What_is_no_name_is_told(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => ServiceName.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_name_of_any_length_ends_in_an_error_not_a_hang() =>
        Assert.Contains("longer", Assert.Throws<FormatException>(() => ServiceName.Parse("list:" + new string('a', 1 << 20))).Message, StringComparison.Ordinal);

    [Fact]
    public void Whatever_the_text_it_is_a_name_or_a_clear_refusal() =>
        Gen.OneOf(Gen.String, Gen.String[Gen.Char["servichttpls:/@?.- aA%20json"], 0, 60]).Sample(text =>
        {
            try
            {
                var name = ServiceName.Parse(text);
                // What is read is written so that it means the same.
                Assert.Equal((name.ToString(), ""), (ServiceName.Parse(name.ToString()).ToString(), ServiceName.Parse(name.ToString()).Path));
            }
            catch (FormatException error)
            {
                Assert.NotEmpty(error.Message);
            }
        });
}
