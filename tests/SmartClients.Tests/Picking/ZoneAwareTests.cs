using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

public class ZoneAwareTests
{
    static Stand Stand(out ZoneAware policy, string? zone = "here", int near = 3, int far = 6)
    {
        policy = new ZoneAware(static () => new UniformRandom());
        var stand = new Stand(policy, near + far, zone);
        for (var i = 0; i < near + far; i++) stand[i].Endpoint = stand[i].Endpoint with { Zone = i < near ? "here" : "there" };
        stand.Announce();
        return stand;
    }

    /// <summary>Seconds of traffic in which each side reports how full it is.</summary>
    static void Run(Stand stand, int seconds, Func<double> here, Func<double> there)
    {
        for (var i = 0; i < 20 * seconds; i++)
        {
            stand.Now += 50 * Clock.Millisecond;
            foreach (var replica in stand.Replicas)
                if (i % 20 == 0) stand.Report(replica, new LoadReport { ApplicationUtilization = replica.Endpoint.Zone == "here" ? here() : there() });
            stand.Observe(stand.Pick());
        }
    }

    [Fact]
    public void Three_in_a_hundred_go_elsewhere_while_the_own_zone_has_room()
    {
        var stand = Stand(out var policy);
        Run(stand, 30, () => 0.5, () => 0.45);
        Assert.Equal(0.03, policy.Spill);
        var counts = stand.Counts(10_000);
        Assert.InRange(counts[3..].Sum(), 230, 370);
        Assert.All(counts, n => Assert.True(n > 20));
    }

    [Fact]
    public void An_overloaded_zone_spills_over_until_both_are_as_full()
    {
        var stand = Stand(out var policy);
        // All of this client's traffic fills its zone to 1.2; the others are twice as many, and at 0.2 without it.
        Run(stand, 60, () => 1.2 * (1 - policy.Spill), () => 0.2 + 0.6 * policy.Spill);
        // 1.2 (1 - s) = 0.2 + 0.6 s + 0.1 at s = 0.5.
        Assert.Equal(0.5, policy.Spill, 0.02);
        // And it comes back.
        Run(stand, 60, () => 0.4, () => 0.4);
        Assert.Equal(0.03, policy.Spill);
    }

    [Fact]
    public void Where_nothing_is_reported_latency_says_it()
    {
        var stand = Stand(out var policy);
        for (var i = 0; i < 1_000; i++)
        {
            stand.Now += 50 * Clock.Millisecond;
            var picked = stand.Pick();
            stand.Observe(picked, milliseconds: picked.Endpoint.Zone == "here" ? 100 : 20);
        }
        Assert.Equal(0.97, policy.Spill);
        for (var i = 0; i < 2_000; i++)
        {
            stand.Now += 50 * Clock.Millisecond;
            var picked = stand.Pick();
            stand.Observe(picked, milliseconds: picked.Endpoint.Zone == "here" ? 10 : 20);
        }
        Assert.Equal(0.03, policy.Spill);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("nowhere")]
    public void Without_a_zone_or_anybody_in_it_all_are_alike(string? zone)
    {
        var stand = Stand(out _, zone);
        Assert.All(stand.Counts(9_000), n => Assert.InRange(n, 850, 1150));
    }

    [Fact]
    public void A_retry_stays_near_and_goes_far_when_nobody_near_is_left()
    {
        var stand = Stand(out _);
        var near = Enumerable.Range(0, 1_000).Count(_ => stand.PickFrom(stand.Replicas[1..]).Endpoint.Zone == "here");
        Assert.InRange(near, 940, 990);
        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal("there", stand.PickFrom(stand.Replicas[3..]).Endpoint.Zone));
    }

    [Fact]
    public void A_director_tells_it_the_zone()
    {
        var world = new TestWorld(4);
        var source = new StaticNames(world.Machines.Select((m, i) => m.Endpoint with { Zone = i < 2 ? "here" : "there" }));
        var director = world.Director(o => o with { Policy = "zone-aware", Zone = "here" }, source: source);
        world.RunLoad(director, perSecond: 100, seconds: 10);
        Assert.InRange(world[2].Received + world[3].Received, 10, 60);
    }
}
