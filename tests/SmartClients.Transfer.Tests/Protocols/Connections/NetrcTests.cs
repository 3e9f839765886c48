using SmartClients.Testing;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Protocols.Connections;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Connections;

public class NetrcTests
{
    const string Text = """
        # machine not login this
        machine one login ann password secret
        machine two
            login "bob b" password "a \"word\" \\ \t."
        macdef init
        machine three login no password no

        machine three account x login carl password pass#word
        machine three login dora password other
        default login anonymous password me@home
        """;

    [Theory]
    [InlineData("one", null, "ann", "secret")]
    [InlineData("ONE", null, "ann", "secret")]
    [InlineData("two", null, "bob b", "a \"word\" \\ \t.")]
    [InlineData("three", null, "carl", "pass#word")]
    [InlineData("three", "dora", "dora", "other")]
    [InlineData("three", "erna", "erna", null)]
    [InlineData("four", null, "anonymous", "me@home")]
    public void A_machine_s_login_is_found(string host, string? user, string expected, string? password) =>
        Assert.Equal(new Login(expected, password), Netrc.In(Text, host, user is null ? null : new Login(user)));

    [Fact]
    public void What_the_address_says_with_a_password_stands()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("netrc", Text);
        Assert.Equal(new Login("ann", "mine"), Netrc.Find(file, "one", new Login("ann", "mine")));
        Assert.Equal(new Login("ann", "secret"), Netrc.Find(file, "one", null));
        Assert.Null(Netrc.Find(file + "-not-there", "one", null));
        Assert.Null(Netrc.Find(null, "one", null));
    }

    [Theory]
    [InlineData("")]
    [InlineData("machine")]
    [InlineData("machine one login")]
    [InlineData("\"")]
    [InlineData("macdef")]
    public void A_file_that_ends_too_soon_says_nothing(string text) => Assert.Null(Netrc.In(text, "two", null));
}
