using SmartClients.Discovery.Tests.Support;
using SmartClients.Naming;
using SmartClients.Testing;

namespace SmartClients.Discovery.Tests;

/// <summary>Addresses, from a real DNS server.</summary>
public sealed class DnsNamesTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<Dnsmasq> ServerAsync(params string[] hosts)
    {
        var server = await Dnsmasq.StartAsync(Cancel);
        server.Hosts(hosts);
        await server.ReloadAsync(Cancel);
        return server;
    }

    static Director Directing(string name, Dnsmasq server) => new("test", Names.Core.WithDns(server.Options).Open(name));

    static string Members(Director director) => string.Join(' ', director.Members.Select(m => m.Endpoint.Address).Order(StringComparer.Ordinal));

    [Fact]
    public async Task Addresses_come_and_go_with_their_time_to_live()
    {
        await using var server = await ServerAsync("127.0.0.1 a.test", "127.0.0.2 a.test");
        await using var director = Directing("dns:a.test:81", server);
        await director.ReadyAsync(Cancel);
        await Poll.UntilAsync(() => Members(director) == "127.0.0.1:81 127.0.0.2:81", Cancel);
        Assert.All(director.Members, member => Assert.Equal("a.test:81", member.Endpoint.Authority));

        server.Hosts("127.0.0.2 a.test", "127.0.0.3 a.test", "127.0.0.4 a.test");
        await server.ReloadAsync(Cancel);
        await Poll.UntilAsync(() => Members(director) == "127.0.0.2:81 127.0.0.3:81 127.0.0.4:81", Cancel);
    }
}
