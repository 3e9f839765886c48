using SmartClients.Learning;
using SmartClients.Naming;
using SmartClients.Sending;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>A policy asks, the director sends the probes, within a budget, and hands it the answers.</summary>
public class ProbeLoadTests
{
    readonly TestWorld world = new(3);
    readonly List<(string Address, double At)> asked = [];

    double Now => world.Time.Now / 1e6;

    /// <summary>An answer after some milliseconds, or none.</summary>
    Func<Endpoint, CancellationToken, ValueTask<LoadReport?>> Answer(Func<int, double?> after, Func<int, double> inFlight) => (endpoint, cancel) =>
    {
        var i = world.Machines.FindIndex(m => m.Endpoint == endpoint);
        asked.Add((endpoint.Address, Now));
        var answer = new TaskCompletionSource<LoadReport?>();
        cancel.UnsafeRegister(_ => answer.TrySetCanceled(), null);
        if (after(i) is { } ms)
            world.Time.CreateTimer(_ => answer.TrySetResult(new LoadReport { RequestsInFlight = inFlight(i) }), null, TimeSpan.FromMilliseconds(ms), Timeout.InfiniteTimeSpan);
        return new(answer.Task);
    };

    [Fact]
    public void Probes_go_out_with_a_request_and_hold_it_up_by_nothing()
    {
        var policy = new Curious(asks: 2);
        var director = world.Director(policy: policy);
        director.ProbeLoad(Answer(_ => 1, i => 2 - i));
        var began = Now;
        Assert.Equal(world[0].Endpoint.Address, world.Send(director));
        Assert.Equal(20, Now - began, 0.001);
        Assert.Equal([(world[0].Endpoint.Address, began), (world[1].Endpoint.Address, began)], asked);
        Assert.Equal([2, 1], policy.Reports.Select(r => (int)r.Evidence.Report.RequestsInFlight!.Value));
        Assert.All(policy.Reports, r => Assert.Equal(ReportSource.Probed, r.Evidence.Source));
        // What was learnt decides the next pick.
        Assert.Equal(world[1].Endpoint.Address, world.Send(director));
    }

    [Fact]
    public void A_pick_waits_for_as_many_answers_as_its_policy_wants()
    {
        var director = world.Director(policy: new Curious(asks: 3, awaits: 2));
        director.ProbeLoad(Answer(i => i == 2 ? 100 : 1 + i, i => 2 - i));
        var began = Now;
        Assert.Equal(world[1].Endpoint.Address, world.Send(director));
        Assert.Equal(2 + 20, Now - began, 0.001);
    }

    [Fact]
    public void A_pick_waits_no_longer_than_patience_and_an_answer_that_fails_is_not_waited_for()
    {
        var director = world.Director(policy: new Curious(asks: 3, awaits: 3));
        director.ProbeLoad(Answer(_ => null, _ => 0), new ProbeOptions { Patience = TimeSpan.FromMilliseconds(3) });
        var began = Now;
        world.Send(director);
        Assert.Equal(3 + 20, Now - began, 0.001);
        began = Now;
        director.ProbeLoad((_, _) => throw new IOException("refused"));
        world.Send(director);
        Assert.Equal(20, Now - began, 0.001);
    }

    [Fact]
    public void A_replica_is_asked_one_question_at_a_time()
    {
        var director = world.Director(policy: new Curious(asks: 3));
        director.ProbeLoad(Answer(_ => 500, _ => 0));
        for (var i = 0; i < 5; i++) world.Send(director);
        Assert.Equal(3, asked.Count);
    }

    [Fact]
    public void Who_does_not_answer_is_given_up_and_asked_ever_more_rarely()
    {
        var director = world.Director(policy: new Curious(asks: 3));
        director.ProbeLoad(Answer(i => i == 0 ? null : 1, _ => 0), new ProbeOptions { Timeout = TimeSpan.FromMilliseconds(50), MaxBackoff = TimeSpan.FromSeconds(2) });
        world.RunLoad(director, perSecond: 10, seconds: 60);
        var silent = asked.Where(a => a.Address == world[0].Endpoint.Address).Select(a => a.At).ToList();
        Assert.InRange(silent.Count, 60 / 2.6, 60 / 1.4 + 6);
        Assert.InRange(asked.Count(a => a.Address == world[1].Endpoint.Address), 590, 600);
    }

    [Fact]
    public void Probes_are_paid_from_a_budget()
    {
        var director = world.Director(policy: new Curious(asks: 3));
        director.ProbeLoad(Answer(_ => 1, _ => 0), new ProbeOptions { PerRequest = 0.5, PerSecond = 1 });
        world.RunLoad(director, perSecond: 20, seconds: 100);
        Assert.InRange(asked.Count, 100 * (20 * 0.5 + 1) * 0.85, 100 * (20 * 0.5 + 1) + 11);
    }

    [Fact]
    public void Retries_and_hedges_ask_for_no_probes()
    {
        var policy = new Curious(asks: 1);
        world[0].Fault = () => new IOException("broken");
        var director = world.Director(policy: policy);
        director.ProbeLoad(Answer(_ => 1, _ => 0));
        world.Send(director);
        Assert.Equal((1, 2), (policy.Wishes, policy.Picks.Count));
    }

    [Fact]
    public void Without_probing_no_policy_is_asked_and_a_disposed_director_asks_nobody()
    {
        var policy = new Curious();
        var director = world.Director(policy: policy);
        world.Send(director);
        Assert.Equal(0, policy.Wishes);
        director.ProbeLoad(Answer(_ => null, _ => 0));
        world.Send(director);
        Assert.Equal(2, asked.Count);
        world.Time.Run(director.DisposeAsync().AsTask());
        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public void Options_out_of_range_are_refused_by_name()
    {
        var director = world.Director();
        var error = Assert.Throws<ArgumentException>(() => director.ProbeLoad(Answer(_ => 1, _ => 0), new ProbeOptions { PerRequest = 17 }));
        Assert.Equal("ProbeOptions.PerRequest is 17: it must be from 0 to 16.", error.Message);
    }
}
