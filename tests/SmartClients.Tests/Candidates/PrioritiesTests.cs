using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Candidates;

/// <summary>Priorities, through whole directors in virtual time.</summary>
public class PrioritiesTests
{
    static readonly Func<Exception?> Dead = () => new IOException("no route");

    /// <summary>A world whose machines have these priorities, and a director over them.</summary>
    static (TestWorld World, Director Director) Of(int[] priorities, Func<DirectorOptions, DirectorOptions>? tweak = null)
    {
        var world = new TestWorld(priorities.Length);
        var members = world.Machines.Select((machine, i) => machine.Endpoint with { Priority = priorities[i] });
        return (world, world.Director(tweak, source: new StaticNames(members)));
    }

    static int[] Share(TestWorld world, Action during)
    {
        var before = world.Machines.Select(m => m.Received).ToArray();
        during();
        return [.. world.Machines.Select((m, i) => m.Received - before[i])];
    }

    [Fact]
    public void Only_the_preferred_are_asked_while_one_of_them_is_there()
    {
        var (world, director) = Of([10, 10, 20, 30]);
        var tally = world.RunLoad(director, 100, 20);
        Assert.Empty(tally.Errors);
        Assert.All(world.Machines[..2], m => Assert.InRange(m.Received, 500, 1500));
        Assert.All(world.Machines[2..], m => Assert.Equal(0, m.Received));
    }

    [Theory]
    [InlineData(new[] { 0, 0, 0, 1 })]
    [InlineData(new[] { 0, 1 })]
    [InlineData(new[] { 0, 0, 0, 0, 0, 7, 7 })]
    public void When_all_of_the_first_are_dead_the_next_serve_and_the_dead_are_left_alone(int[] priorities)
    {
        var (world, director) = Of(priorities);
        world.RunLoad(director, 100, 5);
        var first = priorities.Count(p => p == 0);
        foreach (var machine in world.Machines[..first]) machine.Fault = Dead;
        Assert.Empty(world.RunLoad(director, 100, 5).Errors);
        Assert.All(director.Members.Take(first), m => Assert.Equal(ReplicaState.Ejected, m.State));
        // Once they are out, the first attempt goes to a spare: only trials go elsewhere, and one at most at a time.
        var share = Share(world, () => Assert.Empty(world.RunLoad(director, 100, 5).Errors));
        Assert.InRange(share[..first].Sum(), 0, 10 * first);
        Assert.InRange(share[first..].Sum(), 490, 500);
    }

    [Fact]
    public void One_request_goes_down_through_the_priorities_in_their_order()
    {
        var (world, director) = Of([2, 0, 1, 3], o => o with { MaxAttempts = 10 });
        var order = new List<int>();
        foreach (var machine in world.Machines)
        {
            machine.OnRequest = () => order.Add(world.Machines.IndexOf(machine));
            if (machine != world[3]) machine.Fault = Dead;
        }
        Assert.Equal(world[3].Endpoint.Address, world.Send(director));
        Assert.Equal([1, 2, 0, 3], order);
    }

    [Fact]
    public void The_first_come_back_step_by_step_and_take_everything_over_again()
    {
        var (world, director) = Of([0, 1, 1], o => o with { SlowStart = TimeSpan.FromSeconds(20) });
        world.RunLoad(director, 100, 2);
        world[0].Fault = Dead;
        world.RunLoad(director, 100, 5);
        world[0].Fault = () => null;
        world.Time.RunUntil(() =>
        {
            world.Send(director);
            return director.Members[0].State == ReplicaState.Warming;
        });
        // It must not get at once what three machines carried.
        var early = Share(world, () => world.RunLoad(director, 100, 3));
        Assert.InRange(early[0], 1, 150);
        Assert.InRange(early[1] + early[2], 150, 299);
        world.Run(20);
        var late = Share(world, () => Assert.Empty(world.RunLoad(director, 100, 5).Errors));
        Assert.Equal([500, 0, 0], late);
    }

    [Fact]
    public async Task A_change_of_priority_moves_the_requests()
    {
        var world = new TestWorld(2);
        var source = new ScriptedNames();
        var director = world.Director(source: source);
        Tell(0, 1);
        await director.ReadyAsync(TestContext.Current.CancellationToken);
        Assert.Equal([50, 0], Share(world, () => world.RunLoad(director, 10, 5)));
        Tell(1, 0);
        // The endpoint says so a moment before whoever picks does.
        await Real.Until(() =>
        {
            world.Send(director);
            return world[1].Received > 0;
        });
        Assert.Equal([0, 50], Share(world, () => world.RunLoad(director, 10, 5)));

        void Tell(params int[] priorities) => source.Tell(new MemberSet([.. world.Machines.Select((m, i) => m.Endpoint with { Priority = priorities[i] })], "test"));
    }

    [Fact]
    public void Who_leaves_hands_over_to_the_next()
    {
        var (world, director) = Of([0, 1]);
        world.Send(director);
        director.Leaving(world[0].Endpoint.Address);
        Assert.Equal([0, 20], Share(world, () => world.RunLoad(director, 10, 2)));
    }

    [Fact]
    public void A_hedge_stays_among_the_preferred()
    {
        var (world, director) = Of([0, 0, 1]);
        world.RunLoad(director, 100, 10, new RequestOptions { Hedge = true });
        world[0].Latency = () => TimeSpan.FromSeconds(2);
        world.RunLoad(director, 50, 5, new RequestOptions { Hedge = true });
        Assert.Equal(0, world[2].Received);
    }

    [Fact]
    public void A_spare_that_is_out_is_not_tried_while_nobody_needs_it()
    {
        var (world, director) = Of([0, 1]);
        world[0].Fault = world[1].Fault = Dead;
        for (var i = 0; i < 6; i++) Assert.Throws<ServiceUnavailableException>(() => world.Send(director));
        Assert.Contains(director.Members, m => m.State == ReplicaState.Ejected);
        world[0].Fault = () => null;
        world.RunLoad(director, 10, 60);
        var share = Share(world, () => world.RunLoad(director, 10, 120));
        Assert.Equal(0, share[1]);
    }

    [Fact]
    public void Whoever_listens_hears_why_a_spare_was_not_picked()
    {
        var (world, director) = Of([0, 0, 5]);
        Decision? heard = null;
        director.Decided += decision => heard = decision;
        world.Send(director);
        Assert.Equal("others are preferred", heard!.Candidates[2].Excluded);
        Assert.Null(heard.Candidates[0].Excluded);
    }

    [Fact]
    public void Every_policy_keeps_to_the_priorities()
    {
        foreach (var policy in Policies.Names)
        {
            var (world, director) = Of([3, 1, 1, 2], o => o with { Policy = policy });
            Assert.Empty(world.RunLoad(director, 100, 3).Errors);
            Assert.Equal(300, world[1].Received + world[2].Received);
        }
    }
}
