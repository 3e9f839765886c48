using System.CommandLine;
using Microsoft.AspNetCore.HttpOverrides;
using SmartClients.Cli.Chat;
using Xunit;

namespace SmartClients.Cli.Tests.Chat;

public sealed class ProxyParameterTests
{
    [Fact]
    public void The_clients_address_and_scheme_are_believed_of_the_named_proxies_alone()
    {
        var read = Read("--behind-proxy", "10.0.0.7", "--behind-proxy", "::1")!;
        Assert.Equal(ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, read.ForwardedHeaders);
        Assert.Equal(["10.0.0.7", "::1"], read.KnownProxies.Select(proxy => proxy.ToString()));
        Assert.Empty(read.KnownIPNetworks);
    }

    [Fact]
    public void Without_an_address_it_is_this_machine()
    {
        var read = Read("--behind-proxy")!;
        Assert.Equal("127.0.0.0/8", Assert.Single(read.KnownIPNetworks).ToString());
        Assert.Null(Read());
    }

    static Microsoft.AspNetCore.Builder.ForwardedHeadersOptions? Read(params string[] line)
    {
        var parameter = new ProxyParameter();
        return parameter.Read(new RootCommand { parameter.Option }.Parse(line));
    }
}
