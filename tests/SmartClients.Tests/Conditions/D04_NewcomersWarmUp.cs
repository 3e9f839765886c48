using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>A new or returned host neither draws all traffic nor starves.</summary>
public class D04_NewcomersWarmUp
{
    readonly TestWorld world = new(9);

    void Jitter()
    {
        foreach (var machine in world.Machines) machine.Latency = () => TimeSpan.FromMilliseconds(15 + 10 * world.Random.NextDouble());
    }

    /// <summary>What the last machine got in each second.</summary>
    List<int> PerSecond(int seconds)
    {
        var counts = new List<int>();
        for (var i = 0; i < seconds; i++)
        {
            var before = world.Machines[^1].Received;
            world.Run(1);
            counts.Add(world.Machines[^1].Received - before);
        }
        return counts;
    }

    static void Ramps(List<int> perSecond, double fair)
    {
        Assert.All(perSecond, count => Assert.InRange(count, 0, 2 * fair));
        var quarters = perSecond.Take(12).Chunk(3).Select(chunk => chunk.Average()).ToList();
        Assert.Equal(quarters.Order(), quarters);
        Assert.InRange(quarters[0], 0.05 * fair, 0.65 * fair);
        Assert.InRange(perSecond.Skip(12).Average(), 0.6 * fair, 1.6 * fair);
    }

    [Theory]
    [InlineData("blended")]
    [InlineData("p2c")]
    [InlineData("random")]
    [InlineData("round-robin")]
    public void One_that_joins_nine_ramps_up_and_never_gets_twice_its_share(string policy)
    {
        Jitter();
        var director = world.Director(o => o with { Policy = policy });
        var tally = world.Load(director, 1000, 40);
        world.Run(10);
        world.Add();
        Jitter();
        director.GroupChanged(world.Members(Enumerable.Range(0, 10)));
        Ramps(PerSecond(25), fair: 100);
        Assert.Empty(tally.Errors);
    }

    /// <summary>It looks at everybody and takes the idlest, so that a newcomer that is thinned to a tenth of the picks still gets
    /// much of its share at once: the bound holds, the ramp does not.</summary>
    [Fact]
    public void Even_a_policy_that_looks_at_everybody_never_gives_it_twice_its_share()
    {
        Jitter();
        var director = world.Director(o => o with { Policy = "least-outstanding" });
        world.Load(director, 1000, 40);
        world.Run(10);
        world.Add();
        Jitter();
        director.GroupChanged(world.Members(Enumerable.Range(0, 10)));
        Assert.All(PerSecond(25), count => Assert.InRange(count, 0, 200));
    }

    [Fact]
    public void So_it_does_with_two_hundred_clients_that_know_nothing_of_each_other()
    {
        Jitter();
        var directors = Enumerable.Range(0, 200).Select(_ => world.Director()).ToList();
        foreach (var director in directors)
        {
            world.Run(0.001);
            world.Load(director, 5, 40);
        }
        world.Run(5);
        world.Add();
        Jitter();
        foreach (var director in directors) director.GroupChanged(world.Members(Enumerable.Range(0, 10)));
        Ramps(PerSecond(25), fair: 100);
    }

    [Fact]
    public void So_it_does_after_an_ejection()
    {
        Jitter();
        var director = world.Director();
        world.Load(director, 1000, 60);
        world.Run(5);
        world.Machines[^1].Fault = () => new RequestException("HTTP 500");
        world.Time.RunUntil(() => director.Members[^1].State == ReplicaState.Ejected);
        world.Machines[^1].Fault = () => null;
        world.Time.RunUntil(() => director.Members[^1].State == ReplicaState.Warming);
        Ramps(PerSecond(25), fair: 1000 / 9.0);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(20.9)]
    [InlineData(1.5)]
    [InlineData(333)]
    public void It_does_not_starve_where_latencies_never_vary(double ms)
    {
        foreach (var machine in world.Machines) machine.Latency = () => TimeSpan.FromMilliseconds(ms);
        var director = world.Director();
        world.Load(director, 20, 300);
        world.Run(20);
        world.Add().Latency = world[0].Latency;
        director.GroupChanged(world.Members(Enumerable.Range(0, 10)));
        Assert.InRange(PerSecond(120).Skip(20).Sum(), 0.5 * 200, 2 * 200);
    }

    [Fact]
    public void At_one_request_a_second_it_still_gets_its_part()
    {
        Jitter();
        var director = world.Director();
        world.Load(director, 1, 700);
        world.Run(50);
        world.Add();
        Jitter();
        director.GroupChanged(world.Members(Enumerable.Range(0, 10)));
        var perSecond = PerSecond(600);
        Assert.InRange(perSecond.Sum(), 30, 120);
        Assert.InRange(perSecond.Take(10).Sum(), 0, 4);
    }
}
