using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

public class SiteAffinityTests
{
    readonly TestWorld world = new(5);

    int Chosen() => world.Machines.FindIndex(m => m.Received > 0);

    [Theory]
    [InlineData("affinity", false)]
    [InlineData("random", true)]
    public void Stays_with_one_replica_while_it_is_satisfactory(string policy, bool option)
    {
        var director = world.Director(o => o with { Policy = policy, Affinity = option });
        world.RunLoad(director, 10, 60);
        Assert.Equal([0, 0, 0, 0, 600], world.Machines.Select(m => m.Received).Order());
    }

    [Fact]
    public void Leaves_it_after_one_failure_and_stays_with_the_next()
    {
        var director = world.Director(o => o with { Affinity = true });
        world.RunLoad(director, 10, 5);
        var first = Chosen();
        world[first].Fault = () => new IOException("broken");
        var tally = world.RunLoad(director, 10, 5);
        Assert.Equal((50, 51), (tally.Succeeded, world[first].Received));
        Assert.Equal([0, 0, 0, 50, 51], world.Machines.Select(m => m.Received).Order());
    }

    [Fact]
    public void Leaves_it_for_the_failure_itself_where_that_costs_no_latency_and_is_not_repeated()
    {
        var director = world.Director(o => o with { Affinity = true, FailureCost = 1 });
        world.RunLoad(director, 10, 5);
        var first = Chosen();
        (world[first].Fault, world[first].Latency) = (() => new IOException("broken"), () => TimeSpan.FromMilliseconds(1));
        Assert.Equal(49, world.RunLoad(director, 10, 5, RequestOptions.Once).Succeeded);
        Assert.Equal(51, world[first].Received);
    }

    [Fact]
    public void Leaves_one_that_got_twice_as_slow_as_the_group()
    {
        var director = world.Director(o => o with { Affinity = true });
        world.RunLoad(director, 10, 10);
        var first = Chosen();
        world[first].Latency = () => TimeSpan.FromMilliseconds(60);
        world.RunLoad(director, 10, 1);
        Assert.InRange(world[first].Received, 101, 102);
    }

    [Theory]
    [InlineData(100, 200)]
    [InlineData(50, 102)]
    public void Stays_with_one_that_got_slow_while_that_is_fast_enough(int enough, int most)
    {
        var director = world.Director(o => o with { Affinity = true, SatisfactoryLatency = TimeSpan.FromMilliseconds(enough) });
        world.RunLoad(director, 10, 10);
        var first = Chosen();
        world[first].Latency = () => TimeSpan.FromMilliseconds(60);
        world.RunLoad(director, 10, 10);
        Assert.InRange(world[first].Received, Math.Min(101, most), most);
        Assert.Equal(enough > 60, world[first].Received == 200);
    }

    [Fact]
    public void Leaves_one_that_left_the_group()
    {
        var director = world.Director(o => o with { Affinity = true });
        world.RunLoad(director, 10, 1);
        var first = Chosen();
        director.GroupChanged(world.Members(Enumerable.Range(0, 5).Where(i => i != first)));
        world.RunLoad(director, 10, 1);
        Assert.Equal(10, world[first].Received);
    }

    [Fact]
    public void Different_clients_settle_on_different_replicas()
    {
        for (var i = 0; i < 200; i++) world.Send(world.Director(o => o with { Affinity = true }));
        Assert.All(world.Machines, m => Assert.InRange(m.Received, 20, 60));
    }

    [Fact]
    public void A_copy_sent_beside_it_changes_nothing_while_it_is_satisfactory()
    {
        foreach (var machine in world.Machines) machine.Latency = () => TimeSpan.FromMilliseconds(270);
        var director = world.Director(o => o with { Affinity = true });
        for (var i = 0; i < 20; i++) world.Send(director, RequestOptions.Hedged);
        Assert.Equal(40, world.Received);
        // First attempts all went to one; only their copies went to the others.
        Assert.Equal(20, world.Machines.Max(m => m.Received));
    }
}
