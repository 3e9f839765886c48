using System.Net;
using System.Net.Sockets;
using SmartClients.Discovery.Tests.Support;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Testing;

namespace SmartClients.Discovery.Tests;

/// <summary>Services, from a real DNS server and, where it cannot say such a thing, from one of the test's own.</summary>
public sealed class SrvNamesTests
{
    const string Name = "_quotes._tcp.svc.test";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static string[] Services(params string[] targets) => [.. targets.Select(target => $"--srv-host={Name},{target}")];

    [Fact]
    public async Task Targets_have_their_port_priority_weight_and_name()
    {
        await using var server = await Dnsmasq.StartAsync(Cancel,
            [.. Services("a.test,8081,0,70", "b.test,8082,0,30", "c.test,8083,5,1"), "--address=/a.test/127.0.0.1", "--address=/b.test/127.0.0.2", "--address=/c.test/127.0.0.3"]);
        var set = await Names.Core.WithDns(server.Options).Open("srv:" + Name).FirstAsync();
        Assert.Equal(
            ["127.0.0.1:8081 0 70 a.test:8081", "127.0.0.2:8082 0 30 b.test:8082", "127.0.0.3:8083 5 1 c.test:8083"],
            set.Endpoints.Select(e => $"{e.Address} {e.Priority} {e.Weight} {e.Authority}"));
        Assert.Equal("srv " + Name, set.Source);
    }

    [Fact]
    public async Task A_change_of_the_records_reaches_the_group_and_a_dead_server_does_not_empty_it()
    {
        await using var server = await Dnsmasq.StartAsync(Cancel, [.. Services("a.test,8081,0,1"), "--address=/test/127.0.0.1"]);
        await using var director = new Director(
            "test", Names.Core.WithDns(server.Options).Open("srv:" + Name), new DirectorOptions { SourceRetry = TimeSpan.FromMilliseconds(200) });
        await director.ReadyAsync(Cancel);
        await server.KillAsync();
        await Poll.UntilAsync(() => director.Membership.Age > TimeSpan.FromSeconds(2.5), Cancel);
        Assert.Equal("127.0.0.1:8081", Assert.Single(director.Members).Endpoint.Address);
        await server.RestartAsync(Cancel, [.. Services("a.test,8081,0,1", "a.test,8082,0,1"), "--address=/test/127.0.0.1"]);
        await Poll.UntilAsync(() => director.Members.Length == 2, Cancel);
    }

    [Fact]
    public async Task When_the_first_priority_is_gone_the_next_serves_and_no_request_fails()
    {
        using var first = new Listening();
        using var second = new Listening();
        await using var server = await Dnsmasq.StartAsync(Cancel,
            [.. Services($"a.test,{first.Port},0,1", $"b.test,{second.Port},10,1"), "--address=/test/127.0.0.1"]);
        await using var director = new Director("test", Names.Core.WithDns(server.Options).Open("srv:" + Name));
        Assert.Equal(first.Port, await ConnectAsync(director));
        first.Dispose();
        for (var i = 0; i < 50; i++) Assert.Equal(second.Port, await ConnectAsync(director));
        Assert.Equal(ReplicaState.Ejected, director.Members[0].State);
    }

    [Fact]
    public async Task Addresses_in_the_same_answer_are_not_asked_for()
    {
        await using var server = new FakeDns(query => [DnsBytes.Answer(query,
            [DnsBytes.ServiceAt(Name, 0, 0, 81, "a.test")], [DnsBytes.Address("a.test", "127.0.0.1"), DnsBytes.Address("A.test", "127.0.0.2"), DnsBytes.Address("other.test", "127.0.0.3")])]);
        Assert.Equal("127.0.0.1:81 127.0.0.2:81", (await new SrvNames(Name, server.Options with { Families = DnsFamilies.IPv4 }).FirstAsync()).Words());
        Assert.Equal(1, server.Asked);
    }

    [Fact]
    public async Task Records_of_other_names_are_not_believed()
    {
        await using var server = new FakeDns(query => [DnsBytes.Answer(query, [
            DnsBytes.ServiceAt("_other._tcp.svc.test", 0, 0, 81, "a.test"), DnsBytes.ServiceAt(Name, 0, 0, 82, "b.test"),
            DnsBytes.Address("a.test", "127.0.0.1"), DnsBytes.Address("b.test", "127.0.0.2")])]);
        Assert.Equal("127.0.0.2:82", (await new SrvNames(Name, server.Options with { Families = DnsFamilies.IPv4 }).FirstAsync()).Words());
    }

    [Fact]
    public async Task A_target_whose_addresses_cannot_be_asked_for_keeps_those_it_had()
    {
        var broken = false;
        await using var server = new FakeDns(query => DnsBytes.Question(query) switch
        {
            (_, DnsBytes.Service) => [DnsBytes.Answer(query, [DnsBytes.ServiceAt(Name, 0, 1, 81, "a.test", 0), DnsBytes.ServiceAt(Name, 0, 1, 81, "b.test", 0)])],
            ("b.test", _) when Volatile.Read(ref broken) => [DnsBytes.Answer(query, [], code: 2)],
            ("a.test", _) when Volatile.Read(ref broken) => [DnsBytes.Answer(query, [DnsBytes.Address("a.test", "127.0.0.3", 0)])],
            ("a.test", _) => [DnsBytes.Answer(query, [DnsBytes.Address("a.test", "127.0.0.1", 0)])],
            _ => [DnsBytes.Answer(query, [DnsBytes.Address("b.test", "127.0.0.2", 0)])],
        });
        await using var sets = new SrvNames(Name, server.Options with { Families = DnsFamilies.IPv4 }).WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel);
        Assert.True(await sets.MoveNextAsync());
        Assert.Equal("127.0.0.1:81 127.0.0.2:81", sets.Current.Words());
        Volatile.Write(ref broken, true);
        Assert.True(await sets.MoveNextAsync());
        Assert.Equal("127.0.0.3:81 127.0.0.2:81", sets.Current.Words());
    }

    [Fact]
    public async Task Weight_zero_is_a_very_small_chance_beside_others_and_an_equal_one_among_its_like()
    {
        await using var server = FakeDns.Of(
            DnsBytes.ServiceAt(Name, 0, 0, 81, "a.test"), DnsBytes.ServiceAt(Name, 0, 10, 82, "a.test"),
            DnsBytes.ServiceAt(Name, 1, 0, 83, "a.test"), DnsBytes.ServiceAt(Name, 1, 0, 84, "b.test"),
            DnsBytes.Address("a.test", "127.0.0.1"), DnsBytes.Address("b.test", "127.0.0.2"), DnsBytes.Address("b.test", "127.0.0.3"));
        var set = await new SrvNames(Name, server.Options with { Families = DnsFamilies.IPv4 }).FirstAsync();
        Assert.Equal(
            new Dictionary<string, double> { ["127.0.0.1:81"] = 0.01, ["127.0.0.1:82"] = 10, ["127.0.0.1:83"] = 1, ["127.0.0.2:84"] = 0.5, ["127.0.0.3:84"] = 0.5 },
            set.Endpoints.ToDictionary(e => e.Address, e => e.Weight));
    }

    [Fact]
    public async Task The_root_as_the_target_means_that_there_is_no_such_service()
    {
        await using var server = FakeDns.Of(DnsBytes.ServiceAt(Name, 0, 0, 0, ""));
        Assert.Equal($"DNS knows no target of {Name}.", (await new SrvNames(Name, server.Options).FailsAsync()).Message);
    }

    [Fact]
    public async Task A_target_that_points_at_a_metadata_service_is_left_out()
    {
        await using var server = FakeDns.Of(
            DnsBytes.ServiceAt(Name, 0, 1, 80, "evil.test"), DnsBytes.ServiceAt(Name, 0, 1, 80, "a.test"),
            DnsBytes.Address("evil.test", "169.254.169.254"), DnsBytes.Address("a.test", "127.0.0.1"));
        Assert.Equal("127.0.0.1:80", (await new SrvNames(Name, server.Options).FirstAsync()).Words());
    }

    static async Task<int> ConnectAsync(Director director) => await director.SendAsync(async (endpoint, cancel) =>
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(endpoint.Host, endpoint.Port, cancel);
        return endpoint.Port;
    }, cancel: Cancel);

    sealed class Listening : IDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);

        public Listening()
        {
            listener.Start();
            Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }

        public int Port { get; }

        public void Dispose() => listener.Dispose();
    }
}
