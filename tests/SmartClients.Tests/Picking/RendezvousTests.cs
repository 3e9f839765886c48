using SmartClients.Membership;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

public class RendezvousTests
{
    readonly Rendezvous policy = new();
    readonly Random random = new(1);

    static Replica[] Replicas(int n) => [.. Enumerable.Range(1, n).Select(i => new Replica(TestWorld.Address(i)))];

    Replica Pick(Replica[] replicas, string? key) => policy.Pick(new PickContext { Candidates = replicas, Random = random, Key = key, Typical = 1e6 });

    static IEnumerable<string> Keys(int n) => Enumerable.Range(0, n).Select(i => "key " + i);

    [Fact]
    public void A_key_always_goes_to_the_same_replica_whatever_the_order()
    {
        var replicas = Replicas(10);
        Replica[] other = [.. replicas.Reverse()];
        Assert.All(Keys(1000), key => Assert.Same(Pick(replicas, key), Pick(other, key)));
    }

    [Fact]
    public void Who_leaves_moves_only_his_own_keys()
    {
        var all = Replicas(10);
        Replica[] left = [.. all.Where(r => r != all[3])];
        foreach (var key in Keys(2000))
            if (Pick(all, key) is var before && before != all[3]) Assert.Same(before, Pick(left, key));
    }

    [Fact]
    public void Who_joins_takes_his_share_and_moves_nothing_else()
    {
        var all = Replicas(10);
        Replica[] fewer = all[..9];
        var moved = Keys(10_000).Count(key => Pick(all, key) != Pick(fewer, key));
        Assert.InRange(moved, 900, 1100);
        Assert.All(Keys(10_000), key => Assert.True(Pick(all, key) == all[9] || Pick(all, key) == Pick(fewer, key)));
    }

    [Fact]
    public void Keys_spread_evenly_and_by_weight()
    {
        var replicas = Replicas(4);
        replicas[0].Endpoint = replicas[0].Endpoint with { Weight = 3 };
        var counts = Keys(12_000).CountBy(key => Pick(replicas, key)).ToDictionary();
        Assert.InRange(counts[replicas[0]], 5700, 6300);
        Assert.All(replicas[1..], r => Assert.InRange(counts[r], 1800, 2200));
    }

    [Fact]
    public void One_key_for_all_fills_nobody_beyond_five_quarters_of_the_mean()
    {
        var replicas = Replicas(10);
        for (var i = 0; i < 1000; i++) Pick(replicas, "the same").Learning.Begin();
        Assert.All(replicas, r => Assert.InRange(r.Vitals.InFlight, 0, 126));
        Assert.Equal(1000, replicas.Sum(r => r.Vitals.InFlight));
    }

    [Fact]
    public void What_is_computed_beforehand_changes_no_pick()
    {
        var replicas = Replicas(50);
        foreach (var (i, replica) in replicas.Index()) replica.Endpoint = replica.Endpoint with { Weight = 1 + i % 4 };
        var prepared = new Rendezvous();
        prepared.Changed(new Roster { Candidates = replicas, Version = 1, Random = random });
        foreach (var key in Keys(2_000))
        {
            var picked = prepared.Pick(new PickContext { Candidates = replicas, Version = 1, Random = random, Key = key, Typical = 1e6 });
            Assert.Same(Pick(replicas, key), picked);
            if (picked.Vitals.InFlight < 5) picked.Learning.Begin();
        }
    }

    [Fact]
    public void Without_a_key_it_balances()
    {
        var replicas = Replicas(10);
        for (var i = 0; i < 1000; i++) Pick(replicas, null).Learning.Begin();
        Assert.All(replicas, r => Assert.InRange(r.Vitals.InFlight, 95, 105));
    }

    [Fact]
    public void Through_a_director_a_key_stays_when_another_replica_fails()
    {
        var world = new TestWorld(5);
        var director = world.Director(o => o with { Policy = "rendezvous" });
        var home = world.Send(director, new RequestOptions { Key = "user 7" });
        foreach (var machine in world.Machines.Where(m => m.Endpoint.Address != home)) machine.Fault = () => new IOException("broken");
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(home, world.Send(director, new RequestOptions { Key = "user 7" })));
    }
}
