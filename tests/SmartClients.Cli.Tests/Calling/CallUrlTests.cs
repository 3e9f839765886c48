using SmartClients.Cli.Calling;
using Xunit;

namespace SmartClients.Cli.Tests.Calling;

public class CallUrlTests
{
    [Theory]
    [InlineData("list:a:1,b:2/x/y?q=1", "list:a:1,b:2", "/x/y?q=1")]
    [InlineData("list:a:1,b:2", "list:a:1,b:2", "/")]
    [InlineData("list:a:1/", "list:a:1", "/")]
    [InlineData("list:a:1?q=/", "list:a:1", "/?q=/")]
    [InlineData("list:[::1]:80/x", "list:[::1]:80", "/x")]
    [InlineData("file:members.json/x", "file:members.json", "/x")]
    [InlineData("file:/etc/smart/members.json/x.json/y", "file:/etc/smart/members.json", "/x.json/y")]
    [InlineData("file:/etc/members.json.d/a.json?q", "file:/etc/members.json.d/a.json", "/?q")]
    [InlineData("file:members.json", "file:members.json", "/")]
    [InlineData("file:/etc/members", "file:/etc/members", "/")]
    public void A_url_is_a_name_and_a_path(string text, string name, string path) =>
        Assert.Equal(new CallUrl(name, path), CallUrl.Parse(text));

    [Theory]
    [InlineData("/x")]
    [InlineData("a:1/x")]
    [InlineData("http://a/x")]
    public void Without_a_known_form_it_is_none(string text) => Assert.Throws<FormatException>(() => CallUrl.Parse(text));
}
