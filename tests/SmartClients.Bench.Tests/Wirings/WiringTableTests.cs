using SmartClients.Bench.Processes;
using SmartClients.Bench.Wirings;
using SmartClients.Picking;

namespace SmartClients.Bench.Tests.Wirings;

public class WiringTableTests
{
    static readonly ChildProgram Own = new("own", []);
    static readonly ChildProgram Peers = new("peers", ["child"]);

    [Fact]
    public void Every_policy_is_in_it()
    {
        var table = new WiringTable(Own, null, _ => null);
        foreach (var policy in Policies.Names) Assert.Equal((Own, policy), (table.Find(policy).Wiring!.Loader, table.Find(policy).Wiring!.Client));
    }

    [Theory]
    [InlineData("nginx", "nginx is not installed: apt-get install nginx-light")]
    [InlineData("nginx-least", "nginx is not installed: apt-get install nginx-light")]
    [InlineData("haproxy", "haproxy is not installed: apt-get install haproxy")]
    [InlineData("yarp", "dotnet build bench/SmartClients.Benchmarks -c Release")]
    [InlineData("discovery", "dotnet build bench/SmartClients.Benchmarks -c Release")]
    public void A_peer_that_is_not_there_is_left_out_and_it_is_said_how_to_get_it(string name, string why)
    {
        var (wiring, missing) = new WiringTable(Own, null, _ => null).Find(name);
        Assert.Null(wiring);
        Assert.EndsWith(why, missing, StringComparison.Ordinal);
    }

    [Fact]
    public void All_peers_can_be_had_where_they_are()
    {
        var table = new WiringTable(Own, Peers, program => "/usr/sbin/" + program);
        foreach (var name in WiringTable.Peers)
        {
            var (wiring, missing) = table.Find(name);
            Assert.Null(missing);
            // A proxy stands before the replicas and is reached by a plain client of our own; a library is a client itself.
            Assert.Equal(name.StartsWith("discovery", StringComparison.Ordinal) ? (Peers, name, true) : (Own, OwnClients.Plain, false), (wiring!.Loader, wiring.Client, wiring.Proxy is null));
        }
        Assert.Superset(WiringTable.Usual.ToHashSet(), WiringTable.Names.ToHashSet());
    }
}
