using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

public class RetryAfterTests
{
    readonly TestWorld world = new(3);

    static RequestException Busy(double seconds) => new("busy", Delivery.Rejected) { RetryAfter = TimeSpan.FromSeconds(seconds) };

    [Fact]
    public void A_replica_that_asks_to_be_left_alone_is_until_its_time_is_over()
    {
        world[0].Fault = () => Busy(7);
        var director = world.Director();
        world.RunLoad(director, 100, 1);
        Assert.Equal((1, ReplicaState.Resting, "asked to be left alone"), (world[0].Received, director.Members[0].State, director.Members[0].Cause));
        world[0].Fault = () => null;
        world.RunLoad(director, 100, 5.5);
        Assert.Equal(1, world[0].Received);
        world.RunLoad(director, 100, 60);
        Assert.True(world[0].Received > 1000);
    }

    [Fact]
    public void A_busy_replica_is_no_dead_one()
    {
        world[0].Fault = () => Busy(0);
        var director = world.Director(o => o with { Policy = "random", SuccessRateToEject = 0 });
        var tally = world.RunLoad(director, 20, 50);
        Assert.Equal(1000, tally.Succeeded);
        Assert.Equal((ReplicaState.Up, 0), (director.Members[0].State, world[0].Working));
    }

    [Fact]
    public void A_replica_that_pushes_back_always_counts_in_the_success_rate()
    {
        world[0].Fault = () => Busy(0);
        var director = world.Director(o => o with { Policy = "random" });
        world.RunLoad(director, 100, 10);
        Assert.InRange(world[0].Received, 10, 200);
    }

    [Fact]
    public void When_all_ask_to_be_left_alone_somebody_is_asked_all_the_same()
    {
        foreach (var machine in world.Machines) machine.Fault = () => Busy(60);
        var director = world.Director();
        for (var i = 0; i < 10; i++) Assert.Throws<ServiceUnavailableException>(() => world.Send(director));
        Assert.Equal(30, world.Received);
    }

    [Fact]
    public void What_may_not_be_repeated_goes_elsewhere_after_a_push_back()
    {
        world[0].Fault = () => Busy(1);
        Assert.Equal(world[1].Endpoint.Address, world.Send(world.Director(policy: new Fixed()), RequestOptions.Once));
    }
}
