using SmartClients.Membership;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>A request that must not go to some replicas: a second opinion, say.</summary>
public class LeaveOutTests
{
    readonly TestWorld world = new(3);

    RequestOptions Without(params int[] left) => new() { LeaveOut = endpoint => left.Any(i => world[i].Endpoint == endpoint) };

    [Fact]
    public void It_goes_to_none_of_them_under_any_policy()
    {
        foreach (var policy in Policies.Names)
        {
            var director = world.Director(o => o with { Policy = policy });
            for (var i = 0; i < 50; i++) world.Send(director, Without(0, 2));
        }
        Assert.Equal(0, world[0].Received + world[2].Received);
    }

    [Fact]
    public void Retries_and_hedges_keep_to_it()
    {
        world[0].Fault = () => new IOException("broken");
        world[1].Latency = () => TimeSpan.FromSeconds(3);
        var director = world.Director(policy: new Fixed());
        world.Send(director, Without(2) with { Hedge = true });
        Assert.Equal((1, 1, 0), (world[0].Received, world[1].Received, world[2].Received));
    }

    [Fact]
    public void It_fails_rather_than_ask_one_of_them()
    {
        world[0].Fault = () => new IOException("broken");
        var error = Assert.Throws<ServiceUnavailableException>(() => world.Send(world.Director(), Without(1, 2)));
        Assert.Equal(UnavailableReason.EveryReplicaFailed, error.Reason);
        Assert.Single(error.Attempts);
        error = Assert.Throws<ServiceUnavailableException>(() => world.Send(world.Director(), Without(0, 1, 2)));
        Assert.Equal(UnavailableReason.NoMembers, error.Reason);
        Assert.Contains("leaves every replica out", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_is_out_is_asked_where_the_rest_is_left_out()
    {
        var director = world.Director();
        world[0].Fault = () => new IOException("broken");
        do world.Send(director); while (director.Members[0].State != ReplicaState.Ejected);
        world[0].Fault = () => null;
        var before = world[0].Received;
        world.Send(director, Without(1, 2));
        Assert.Equal(before + 1, world[0].Received);
    }

    [Fact]
    public void It_finds_out_whether_a_replica_is_back_but_not_one_that_it_leaves_out()
    {
        var director = world.Director();
        world[0].Fault = () => new IOException("broken");
        do world.Send(director); while (director.Members[0].State != ReplicaState.Ejected);
        world[0].Fault = () => null;
        world.Run(5);
        world.Send(director, Without(0));
        Assert.Equal(ReplicaState.Ejected, director.Members[0].State);
        world.Send(director, Without(1));
        Assert.Equal(ReplicaState.Warming, director.Members[0].State);
    }

    [Fact]
    public void A_pick_tells_who_was_left_out()
    {
        Decision? told = null;
        var director = world.Director();
        director.Decided += decision => told = decision;
        world.Send(director, Without(1));
        Assert.Equal([null, "left out by the request", null], told!.Candidates.Select(c => c.Excluded));
    }
}
