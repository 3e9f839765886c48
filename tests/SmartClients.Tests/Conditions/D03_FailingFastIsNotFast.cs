using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>One host fails in 1 ms beside hosts that answer in 20: it must not look like the fastest.</summary>
public class D03_FailingFastIsNotFast
{
    readonly TestWorld world = new(5);

    public D03_FailingFastIsNotFast()
    {
        world[0].Latency = () => TimeSpan.FromMilliseconds(1);
        world[0].Fault = () => new RequestException("HTTP 500");
    }

    double Share => world[0].Received / (double)world.Received;

    [Theory]
    [InlineData("blended")]
    [InlineData("peak-ewma")]
    public void It_gets_under_two_percent_without_any_ejection(string policy)
    {
        var tally = world.RunLoad(world.Director(o => o with { Policy = policy, MaxOut = 0 }), 200, 60);
        Assert.Equal(12_000, tally.Succeeded);
        Assert.InRange(Share, 0, 0.02);
        Assert.True(world[0].Received > 0);
    }

    [Theory]
    [InlineData("blended")]
    [InlineData("random")]
    [InlineData("round-robin")]
    [InlineData("least-outstanding")]
    [InlineData("p2c")]
    public void It_gets_under_two_percent_with_ejection_whatever_the_policy(string policy)
    {
        var tally = world.RunLoad(world.Director(o => o with { Policy = policy }), 200, 60);
        Assert.Equal(12_000, tally.Succeeded);
        Assert.InRange(Share, 0, 0.02);
    }

    [Fact]
    public void What_is_known_of_it_outlives_refreshes_of_the_group()
    {
        var director = world.Director();
        var tally = world.Load(director, 200, 60);
        for (var second = 0; second < 60; second++)
        {
            world.Run(1);
            // A source that makes new objects each time, and drops the bad host now and then.
            director.GroupChanged(second % 7 == 4 ? world.Members(1, 2, 3, 4) : world.Members(0, 1, 2, 3, 4));
        }
        world.Run(1);
        Assert.Equal(12_000, tally.Succeeded);
        Assert.InRange(Share, 0, 0.02);
        Assert.Equal(world.Machines.Select(m => (long)m.Received), director.Members.Select(m => m.Requests));
    }

    [Fact]
    public void A_host_that_fails_half_the_time_is_found_by_its_success_rate()
    {
        var n = 0;
        world[0].Fault = () => ++n % 2 == 0 ? new RequestException("HTTP 500") : null;
        world[0].Latency = () => TimeSpan.FromMilliseconds(20);
        var director = world.Director(o => o with { Policy = "random" });
        var tally = world.RunLoad(director, 200, 60);
        Assert.Equal(12_000, tally.Succeeded);
        Assert.InRange(Share, 0, 0.06);
        Assert.True(director.Members[0].State is ReplicaState.Ejected or ReplicaState.Warming or ReplicaState.OnTrial);
    }
}
