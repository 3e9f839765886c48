using SmartClients.Cli.Agent;
using Xunit;

namespace SmartClients.Cli.Tests.Agent;

public class ListenAddressTests
{
    [Theory]
    [InlineData("127.0.0.1:80", "127.0.0.1:80")]
    [InlineData("localhost:0", "127.0.0.1:0")]
    [InlineData("[::1]:9900", "[::1]:9900")]
    [InlineData("*:9900", "[::]:9900")]
    public void An_address_to_listen_on(string text, string expected)
    {
        Assert.True(ListenAddress.TryParse(text, out var endpoint));
        Assert.Equal(expected, endpoint!.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("80")]
    [InlineData(":80")]
    [InlineData("a.example:80")]
    [InlineData("127.0.0.1:65536")]
    [InlineData("127.0.0.1:-1")]
    [InlineData("127.0.0.1: 1")]
    [InlineData("::1:80")]
    public void Anything_else_is_none(string text) => Assert.False(ListenAddress.TryParse(text, out _));
}
