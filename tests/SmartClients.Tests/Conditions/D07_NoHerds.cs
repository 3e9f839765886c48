using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>Five hundred clients that share an outage do not come back together.</summary>
public class D07_NoHerds
{
    const int Clients = 500;

    readonly TestWorld world = new(10);

    [Theory]
    [InlineData("blended")]
    [InlineData("random")]
    public void The_recovered_host_never_gets_twice_its_share(string policy)
    {
        var directors = Enumerable.Range(0, Clients).Select(_ => world.Director(o => o with { Policy = policy })).ToList();
        foreach (var director in directors)
        {
            world.Run(0.001);
            world.Load(director, 2, 130);
        }
        world.Run(5);
        world[0].Fault = () => new RequestException("HTTP 500");
        world[0].Latency = () => TimeSpan.FromMilliseconds(1);
        world.Run(30);
        // The default policy shuns it so well that few see it fail five times.
        if (policy == "random") Assert.True(directors.Count(d => d.Members[0].State == ReplicaState.Ejected) > Clients / 2);
        world[0].Fault = () => null;
        world[0].Latency = () => TimeSpan.FromMilliseconds(20);
        var perSecond = new List<int>();
        for (var i = 0; i < 80; i++)
        {
            var before = world[0].Received;
            world.Run(1);
            perSecond.Add(world[0].Received - before);
        }
        Assert.InRange(perSecond.Max(), 1, 2 * 2 * Clients / 10);
        Assert.InRange(perSecond[^10..].Average(), 0.6 * 100, 1.4 * 100);
    }

    [Fact]
    public void Ejections_of_one_moment_end_at_different_ones()
    {
        var ends = new List<long>();
        for (var i = 0; i < Clients; i++)
        {
            var director = world.Director(policy: new Fixed());
            for (var n = 0; n < 5; n++)
                world.Send(director, (e, _) => e == world[0].Endpoint ? throw new IOException("broken") : ValueTask.FromResult(1));
            Assert.Equal(ReplicaState.Ejected, director.Members[0].State);
            // The trial's moment shows in when the next request goes there.
            ends.Add(FirstTrial(director));
        }
        var buckets = ends.CountBy(end => end / 50).Select(b => b.Value).ToList();
        Assert.InRange(ends.Min(), 740, 850);
        Assert.InRange(ends.Max(), 1150, 1260);
        Assert.InRange(buckets.Max(), 1, 2 * Clients / 10);
    }

    long FirstTrial(Director director)
    {
        var start = world.Time.Now;
        var there = false;
        while (!there)
        {
            world.Time.Run(TimeSpan.FromMilliseconds(5));
            world.Send(director, (e, _) => ValueTask.FromResult(there = e == world[0].Endpoint));
        }
        return (world.Time.Now - start) / 1_000_000;
    }

    [Fact]
    public void Keep_alives_and_polls_are_spread_over_their_interval()
    {
        var probes = new int[50];
        var start = world.Time.Now;
        for (var i = 0; i < Clients; i++)
        {
            var director = world.Director();
            director.KeepAlive(Probe);
            director.PollLoad(TimeSpan.FromSeconds(5), async (e, c) =>
            {
                await Probe(e, c);
                return null;
            });
        }
        world.Run(5.05);
        // 500 clients, 10 hosts, two visits each, over 50 tenths of a second.
        Assert.All(probes, count => Assert.InRange(count, 100, 300));

        ValueTask Probe(SmartClients.Naming.Endpoint endpoint, CancellationToken cancel)
        {
            probes[(int)((world.Time.Now - start) / 100_000_000) % 50]++;
            return default;
        }
    }

    [Theory]
    [InlineData("round-robin")]
    [InlineData("blended")]
    [InlineData("affinity")]
    public void First_requests_of_short_lived_clients_spread(string policy)
    {
        for (var i = 0; i < Clients; i++) world.Send(world.Director(o => o with { Policy = policy }));
        Assert.All(world.Machines, m => Assert.InRange(m.Received, 25, 80));
    }
}
