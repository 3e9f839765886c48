using SmartClients.Tests.World;

namespace SmartClients.Tests;

public class HedgingTests
{
    readonly TestWorld world = new(3);

    static TimeSpan Ms(double ms) => TimeSpan.FromMilliseconds(ms);

    double Timed(Action act)
    {
        var before = world.Time.Now;
        act();
        return (world.Time.Now - before) / 1e6;
    }

    [Fact]
    public void A_slow_answer_is_overtaken_by_another_replicas_and_hung_up()
    {
        world[0].Latency = () => Ms(5000);
        var director = world.Director(policy: new Fixed());
        var took = Timed(() => Assert.Equal(world[1].Endpoint.Address, world.Send(director, RequestOptions.Hedged)));
        Assert.Equal(270, took, 1.0);
        Assert.Equal((1, 1, 0), (world[0].Cancelled, world[1].Received, world[2].Received));
        Assert.All(director.Members, m => Assert.Equal((0, 0L), (m.InFlight, m.Failures)));
    }

    [Fact]
    public void The_first_of_two_answers_wins_whichever_it_is()
    {
        world[0].Latency = () => Ms(255);
        var director = world.Director(policy: new Fixed());
        Assert.Equal(255, Timed(() => Assert.Equal(world[0].Endpoint.Address, world.Send(director, RequestOptions.Hedged))), 1.0);
        Assert.Equal(1, world[1].Cancelled);
    }

    [Fact]
    public void Nothing_is_hedged_that_did_not_ask_for_it()
    {
        world[0].Latency = () => Ms(5000);
        Assert.Equal(5000, Timed(() => world.Send(world.Director(policy: new Fixed()))), 1.0);
        Assert.Equal(5000, Timed(() => world.Send(world.Director(policy: new Fixed()), RequestOptions.Hedged with { Repeatable = false })), 1.0);
        Assert.Equal(5000, Timed(() => world.Send(world.Director(o => o with { Hedge = false }, new Fixed()), RequestOptions.Hedged)), 1.0);
        Assert.Equal(0, world[1].Received);
    }

    [Fact]
    public void The_delay_is_learnt_from_the_answers()
    {
        var director = world.Director();
        for (var i = 0; i < 100; i++) world.Send(director);
        world[0].Latency = world[1].Latency = () => Ms(1000);
        var took = Timed(() => world.Send(director, RequestOptions.Hedged with { MaxAttempts = 3 }));
        Assert.InRange(took, 20, 2 * 22.6 + 20);
    }

    [Fact]
    public void When_all_are_slow_more_are_asked_until_none_is_left_and_the_first_answer_counts()
    {
        foreach (var machine in world.Machines) machine.Latency = () => Ms(2000);
        var director = world.Director(policy: new Fixed());
        Assert.Equal(2000, Timed(() => Assert.Equal(world[0].Endpoint.Address, world.Send(director, RequestOptions.Hedged))), 1.0);
        Assert.Equal([1, 1, 1], world.Machines.Select(m => m.Received));
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }

    [Fact]
    public void A_hedge_that_fails_does_not_end_the_request()
    {
        world[0].Latency = () => Ms(1000);
        world[1].Fault = () => new IOException("broken");
        world[2].Fault = () => new IOException("broken");
        var director = world.Director(policy: new Fixed());
        Assert.Equal(1000, Timed(() => Assert.Equal(world[0].Endpoint.Address, world.Send(director, RequestOptions.Hedged))), 1.0);
    }

    [Fact]
    public void Hedges_spend_from_a_budget_of_their_own()
    {
        foreach (var machine in world.Machines) machine.Latency = () => Ms(1000);
        var director = world.Director(o => o with { HedgeShare = 0, HedgesPerSecond = 0.3, Policy = "round-robin" });
        var tally = world.Load(director, perSecond: 100, seconds: 1, RequestOptions.Hedged);
        world.Run(3);
        Assert.Equal((100, 100 + 3), (tally.Succeeded, world.Received));
    }

    [Fact]
    public void A_loser_that_was_asked_first_is_learnt_from_and_a_loser_asked_last_is_not()
    {
        world[0].Latency = () => Ms(400);
        var director = world.Director(policy: new Fixed());
        world.Send(director);
        world[1].Latency = () => Ms(300);
        world.Send(director, RequestOptions.Hedged with { MaxAttempts = 2 });
        Assert.Equal((0L, null), (director.Members[1].Requests, director.Members[1].Latency));
        world[0].Latency = () => Ms(5000);
        world.Send(director, RequestOptions.Hedged with { MaxAttempts = 2 });
        Assert.Equal(550, director.Members[0].Latency!.Value.TotalMilliseconds, 1.0);
        Assert.Equal((3L, 0L), (director.Members[0].Requests, director.Members[0].Failures));
    }

    [Fact]
    public void A_replica_that_is_overtaken_again_and_again_is_ejected_though_it_never_fails()
    {
        world[0].Frozen = true;
        var director = world.Director(policy: new Fixed());
        for (var i = 0; i < 5; i++) world.Send(director, RequestOptions.Hedged);
        Assert.Equal(SmartClients.Membership.ReplicaState.Ejected, director.Members[0].State);
    }

    [Fact]
    public void A_hedge_does_not_go_to_who_asked_to_be_left_alone()
    {
        var two = new SmartClients.Naming.StaticNames(world[0].Endpoint, world[1].Endpoint);
        var director = world.Director(policy: new Fixed(), source: two);
        world[0].Fault = () => new SmartClients.Outcomes.RequestException("busy", SmartClients.Outcomes.Delivery.Rejected) { RetryAfter = TimeSpan.FromSeconds(30) };
        world.Send(director);
        world[1].Latency = () => Ms(400);
        Assert.Equal(400, Timed(() => world.Send(director, RequestOptions.Hedged)), 1.0);
        Assert.Equal(1, world[0].Received);
    }
}
