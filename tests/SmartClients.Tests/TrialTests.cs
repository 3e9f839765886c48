using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>The single request that finds out whether an ejected replica is back.</summary>
public class TrialTests
{
    readonly TestWorld world = new(3);

    static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    ReplicaStatus First(Director director) => director.Members[0];

    Director WithTheFirstOut()
    {
        var director = world.Director(o => o with { Policy = "round-robin" });
        world.RunLoad(director, 100, 3, RequestOptions.Hedged);
        world[0].Fault = () => new IOException("broken");
        world.RunLoad(director, 100, 0.5, RequestOptions.Hedged);
        Assert.Equal(ReplicaState.Ejected, First(director).State);
        world[0].Fault = () => null;
        return director;
    }

    [Fact]
    public void A_replica_that_is_slow_at_first_returns_though_its_trial_was_overtaken()
    {
        var director = WithTheFirstOut();
        var asked = 0;
        world[0].Latency = () => asked++ == 0 ? Ms(300) : Ms(20);
        var tally = world.RunLoad(director, 100, 3, RequestOptions.Hedged);
        Assert.Empty(tally.Errors);
        Assert.Equal(ReplicaState.Warming, First(director).State);
        // Its request did not wait for it.
        Assert.True(tally.Took.Max() < Ms(100));
    }

    [Fact]
    public void A_frozen_replica_stays_out_its_trial_ends_in_time_and_the_next_is_later()
    {
        var director = WithTheFirstOut();
        world[0].Frozen = true;
        var before = world[0].Received;
        var tally = world.RunLoad(director, 100, 5, RequestOptions.Hedged);
        Assert.Empty(tally.Errors);
        Assert.Equal((ReplicaState.OnTrial, 1), (First(director).State, world[0].Received - before));
        Assert.Equal(1, First(director).InFlight);

        world.RunLoad(director, 100, 6, RequestOptions.Hedged);
        Assert.Equal((ReplicaState.Ejected, 0, 1), (First(director).State, First(director).InFlight, world[0].Cancelled));
    }

    [Fact]
    public void A_stall_that_overtakes_many_requests_at_once_ejects_nobody()
    {
        var director = world.Director(o => o with { Policy = "round-robin", HedgesPerSecond = 100 });
        world.RunLoad(director, 600, 3, RequestOptions.Hedged);
        var (until, stalled) = (world.Time.Now + 60_000_000, 0);
        world[0].OnRequest = () => stalled += world.Time.Now < until ? 1 : 0;
        world[0].Latency = () => world.Time.Now < until ? Ms(80) : Ms(20);
        world.RunLoad(director, 600, 1, RequestOptions.Hedged);
        Assert.True(stalled > 10);
        Assert.Equal(ReplicaState.Up, First(director).State);
    }

    [Fact]
    public void A_service_that_knows_only_unrepeatable_requests_gets_its_replica_back()
    {
        var director = WithTheFirstOut();
        var tally = world.RunLoad(director, 100, 30, RequestOptions.Once);
        Assert.Empty(tally.Errors);
        Assert.Equal(ReplicaState.Up, First(director).State);
    }

    [Fact]
    public void Where_repeatable_requests_come_too_no_other_is_risked_on_a_trial()
    {
        var director = WithTheFirstOut();
        world[0].Fault = () => new IOException("still broken");
        var once = world.Load(director, 50, 20, RequestOptions.Once);
        world.RunLoad(director, 50, 20, RequestOptions.Hedged);
        world.Run(1);
        Assert.Empty(once.Errors);
    }

    [Fact]
    public void A_trial_that_answered_badly_and_whose_caller_gave_up_found_nothing_out()
    {
        var director = WithTheFirstOut();
        world.Run(5);
        foreach (var other in world.Machines.Skip(1)) other.Frozen = true;
        using var cancel = new CancellationTokenSource();
        var sent = director.SendAsync<JudgedRequest, string>(
            new JudgedRequest((attempt, token) => world.Ask(attempt.Endpoint, token), Judge, []), RequestOptions.Default, cancel.Token).AsTask();
        world.Run(1);
        Assert.Equal(ReplicaState.OnTrial, First(director).State);
        cancel.Cancel();
        Assert.True(sent.IsCanceled);
        Assert.Equal(ReplicaState.Ejected, First(director).State);

        Outcome Judge(string answer) => answer != world[0].Endpoint.Address ? Outcome.Success
            : Outcome.Failure(Delivery.MayHaveExecuted, "500") with { Answered = true };
    }

    [Fact]
    public void A_listener_that_throws_leaves_no_trial_hanging()
    {
        var director = WithTheFirstOut();
        world.Run(5);
        director.Decided += _ => throw new InvalidOperationException("a bug of the listener's");
        Assert.Throws<InvalidOperationException>(() => world.Send(director));
        Assert.NotEqual(ReplicaState.OnTrial, First(director).State);
        world.Run(1);
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }
}
