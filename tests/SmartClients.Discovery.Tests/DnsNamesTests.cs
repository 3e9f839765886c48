using System.Diagnostics.Metrics;
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
        await Poll.UntilAsync(() => server.Log.Split("read ").Length > 2, Cancel);
        return server;
    }

    static Director Directing(string name, Dnsmasq server) =>
        new("test", Names.Core.WithDns(server.Options).Open(name), new DirectorOptions { SourceRetry = TimeSpan.FromMilliseconds(200) });

    static string Members(Director director) => string.Join(' ', director.Members.Select(m => m.Endpoint.Address).Order(StringComparer.Ordinal));

    static async Task<string> SendAsync(Director director) => await director.SendAsync((endpoint, _) => ValueTask.FromResult(endpoint.Address), cancel: Cancel);

    [Fact]
    public async Task Addresses_come_and_go_with_their_time_to_live()
    {
        await using var server = await ServerAsync("127.0.0.1 a.test", "127.0.0.2 a.test");
        await using var director = Directing("dns:a.test:81", server);
        await director.ReadyAsync(Cancel);
        Assert.Equal("127.0.0.1:81 127.0.0.2:81", Members(director));
        Assert.All(director.Members, member => Assert.Equal("a.test:81", member.Endpoint.Authority));
        Assert.Equal("dns a.test:81", director.Membership.Source);

        server.Hosts("127.0.0.2 a.test", "127.0.0.3 a.test", "127.0.0.4 a.test");
        await server.ReloadAsync(Cancel);
        await Poll.UntilAsync(() => Members(director) == "127.0.0.2:81 127.0.0.3:81 127.0.0.4:81", Cancel);
    }

    [Fact]
    public async Task A_name_that_is_gone_for_a_while_leaves_the_members_and_then_recovers()
    {
        await using var server = await ServerAsync("127.0.0.1 a.test");
        await using var director = Directing("dns:a.test:81", server);
        Assert.Equal("127.0.0.1:81", await SendAsync(director));
        server.Hosts();
        await server.ReloadAsync(Cancel);
        await Poll.UntilAsync(() => server.Log.Split("a.test is NXDOMAIN").Length > 4, Cancel);
        Assert.Equal("127.0.0.1:81", await SendAsync(director));
        server.Hosts("127.0.0.9 a.test");
        await server.ReloadAsync(Cancel);
        await Poll.UntilAsync(() => Members(director) == "127.0.0.9:81", Cancel);
    }

    [Fact]
    public async Task An_empty_answer_after_a_good_one_leaves_the_members()
    {
        await using var server = await ServerAsync("127.0.0.1 a.test");
        await using var director = Directing("dns:a.test:81", server);
        Assert.Equal("127.0.0.1:81", await SendAsync(director));
        // The name is there, and has no address: NODATA.
        await server.RestartAsync(Cancel, "--txt-record=a.test,hello", "--addn-hosts=/dev/null");
        server.Hosts();
        await server.ReloadAsync(Cancel);
        await Poll.UntilAsync(() => server.Log.Contains("a.test is NODATA", StringComparison.Ordinal), Cancel);
        Assert.Equal("127.0.0.1:81", await SendAsync(director));
    }

    [Fact]
    public async Task A_server_that_dies_is_not_missed_and_is_followed_again_when_it_is_back()
    {
        await using var server = await ServerAsync("127.0.0.1 a.test");
        await using var director = Directing("dns:a.test:81", server);
        Assert.Equal("127.0.0.1:81", await SendAsync(director));
        await server.KillAsync();
        await Poll.UntilAsync(() => director.Membership.Age > TimeSpan.FromSeconds(2.5), Cancel);
        for (var i = 0; i < 100; i++) Assert.Equal("127.0.0.1:81", await SendAsync(director));
        server.Hosts("127.0.0.2 a.test");
        await server.RestartAsync(Cancel);
        // After so many failures it is asked less and less, unless somebody says that there is something new.
        director.GroupChanged();
        await Poll.UntilAsync(() => Members(director) == "127.0.0.2:81", Cancel);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_passed_over_for_the_next()
    {
        await using var silent = new FakeDns(_ => []);
        await using var server = await ServerAsync("127.0.0.1 a.test");
        var options = server.Options with { Servers = [silent.Address, server.Address], Timeout = TimeSpan.FromMilliseconds(200) };
        Assert.Equal("127.0.0.1:81", (await new DnsNames("a.test", 81, options).FirstAsync()).Words());
        Assert.True(silent.Asked > 0);
    }

    [Fact]
    public async Task A_name_that_never_was_is_told_by_name()
    {
        await using var server = await ServerAsync("127.0.0.1 a.test");
        var error = await new DnsNames("nobody.test", 80, server.Options).FailsAsync();
        Assert.Equal("DNS knows no address of nobody.test.", error.Message);
    }

    [Fact]
    public async Task An_answer_too_long_for_a_datagram_comes_whole()
    {
        await using var server = await ServerAsync([.. Enumerable.Range(1, 500).Select(i => $"127.1.{i / 250}.{i % 250 + 1} many.test")]);
        var set = await new DnsNames("many.test", 80, server.Options with { Families = DnsFamilies.IPv4 }).FirstAsync();
        Assert.Equal(500, set.Endpoints.Distinct().Count());
    }

    [Fact]
    public async Task Both_families_are_asked_for_or_one()
    {
        await using var server = await ServerAsync("127.0.0.1 a.test", "::1 a.test", "::1 six.test");
        Assert.Equal("127.0.0.1:80", (await new DnsNames("a.test", 80, server.Options with { Families = DnsFamilies.IPv4 }).FirstAsync()).Words());
        Assert.Equal("[::1]:80", (await new DnsNames("a.test", 80, server.Options with { Families = DnsFamilies.IPv6 }).FirstAsync()).Words());
        Assert.Equal("[::1]:80", (await new DnsNames("six.test", 80, server.Options).FirstAsync()).Words());
    }

    [Fact]
    public async Task An_answer_that_points_at_a_metadata_service_is_left_out_and_counted()
    {
        var counted = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Name == "smartclients.input.ignored") l.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (tags.ToArray().Any(tag => Equals(tag.Value, "dns address"))) Interlocked.Add(ref counted, value);
        });
        listener.Start();
        await using var server = await ServerAsync("169.254.169.254 evil.test", "127.0.0.5 evil.test", "169.254.169.254 worse.test");
        Assert.Equal("127.0.0.5:80", (await new DnsNames("evil.test", 80, server.Options).FirstAsync()).Words());
        Assert.True(Interlocked.Read(ref counted) > 0);
        var error = await new DnsNames("worse.test", 80, server.Options).FailsAsync();
        Assert.Equal("DNS: worse.test leads nowhere that is allowed: 169.254.169.254 is a cloud's metadata service.", error.Message);
        Assert.Equal("169.254.169.254:80", (await new DnsNames("worse.test", 80, server.Options, AddressRules.AllowAll).FirstAsync()).Words());
    }

    [Fact]
    public async Task Without_servers_of_its_own_the_system_is_asked()
    {
        var set = await new DnsNames("localhost", 80, new DnsOptions { Timeout = TimeSpan.FromMilliseconds(200), Retries = 0 }).FirstAsync();
        Assert.Contains(set.Endpoints, e => e.Host is "127.0.0.1" or "::1");
        Assert.All(set.Endpoints, e => Assert.Equal("localhost", e.Authority));
    }

    [Theory]
    [InlineData("dns:a.test", "has no port")]
    [InlineData("dns:127.0.0.1:80", "write list:127.0.0.1:80")]
    [InlineData("dns:a.test:99999", "is not a port")]
    [InlineData("dns:bücher.test:80", "xn--")]
    [InlineData("srv:a.test", "write srv:_service._tcp.host")]
    [InlineData("srv:_http._tcp", "write srv:_service._tcp.host")]
    [InlineData("srv:_http._tcp..test", "write srv:_service._tcp.host")]
    [InlineData("srv:_http._tcp.a b.test", "write srv:_service._tcp.host")]
    public void A_name_that_cannot_be_asked_for_is_refused(string name, string remedy)
    {
        var error = Assert.Throws<FormatException>(() => Names.Core.WithDns().Open(name));
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dns:a.test:80")]
    [InlineData("srv:_http._tcp.a.test")]
    public void What_is_not_signed_is_not_opened_where_it_must_be(string name)
    {
        var names = Names.Core.WithDns();
        var error = Assert.Throws<FormatException>(() => names.Open(ServiceName.Parse(name), new Opening(names) { SignedBy = "key" }));
        Assert.Contains("not signed", error.Message, StringComparison.Ordinal);
    }
}
