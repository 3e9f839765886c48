using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Naming.State;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>What an earlier process learnt, as something to begin with.</summary>
public class PriorTests
{
    const string Name = "test";

    readonly TestWorld world = new(3);
    readonly MemoryState state = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    Director New(Func<DirectorOptions, DirectorOptions>? tweak = null, NameSource? source = null) =>
        world.Director(o => (tweak ?? (same => same))(o with { State = state, Hedge = false }), source: source);

    ValueTask<bool> Leave(params SavedReplica[] replicas) => state.UpdateAsync(
        Name, _ => new SavedService { Lessons = new SavedLessons(TimeSpan.FromMilliseconds(20), [.. replicas]) }, Cancel);

    SavedReplica Measured(int machine, double ms, TimeSpan ago) =>
        new(world[machine].Endpoint.Address) { Latency = TimeSpan.FromMilliseconds(ms), Measured = world.Time.GetUtcNow() - ago };

    SavedReplica Out(int machine, TimeSpan left) =>
        new(world[machine].Endpoint.Address) { OutUntil = world.Time.GetUtcNow() + left, TimesOut = 2, Cause = "5 failures in a row" };

    static async Task<double> Believed(Director director, int member)
    {
        await director.ReadyAsync(Cancel);
        return director.Members[member].Latency?.TotalMilliseconds ?? double.NaN;
    }

    [Fact]
    public async Task What_one_director_learns_the_next_begins_with()
    {
        world[1].Latency = () => TimeSpan.FromMilliseconds(80);
        await using (var first = New())
            for (var i = 0; i < 60; i++) world.Send(first);
        await using var second = New();
        Assert.InRange(await Believed(second, 1), 80 * 0.79, 80 * 1.21);
        Assert.InRange(await Believed(second, 0), 20 * 0.79, 20 * 1.21);
        Assert.Equal(0, second.Members.Sum(m => m.Requests));
    }

    [Fact]
    public async Task A_latency_is_believed_less_the_older_it_is_and_not_at_all_after_a_day()
    {
        world.Run(3600 * 48);
        await Leave(Measured(0, 100, TimeSpan.FromMinutes(1)), Measured(1, 100, TimeSpan.FromHours(2)), Measured(2, 100, TimeSpan.FromHours(25)));
        await using var director = New();
        Assert.InRange(await Believed(director, 0), 99 * 0.8, 100 * 1.2);
        // Two half-lives: a quarter of what it had above the usual 20 ms.
        Assert.InRange(await Believed(director, 1), 40 * 0.8, 40 * 1.2);
        Assert.True(double.IsNaN(await Believed(director, 2)));
        Assert.Equal(2, director.Members[1].EvidenceAge!.Value.TotalHours, 0.01);
    }

    [Fact]
    public async Task A_fleet_that_starts_from_one_image_does_not_herd()
    {
        for (var i = 0; i < 200; i++)
        {
            // As if all had started at the same moment, from the same image.
            await Leave(Measured(0, 19, TimeSpan.Zero), Measured(1, 20, TimeSpan.Zero), Measured(2, 21, TimeSpan.Zero));
            await using var director = world.Director(o => o with { State = state, Hedge = false, Policy = "peak-ewma" });
            world.Send(director);
        }
        // Of two drawn the better one is asked: without the blur the third would get nothing, and the first two thirds.
        Assert.All(world.Machines, m => Assert.InRange(m.Received, 25, 115));
    }

    [Fact]
    public async Task An_ejection_lasts_for_what_was_left_of_it_at_most_and_ends_with_a_trial()
    {
        var ends = new List<long>();
        for (var i = 0; i < 40; i++)
        {
            await Leave(Out(0, TimeSpan.FromSeconds(10)));
            world[0].Forget();
            await using var director = New();
            await director.ReadyAsync(Cancel);
            Assert.Equal(ReplicaState.Ejected, director.Members[0].State);
            var began = world.Time.Now;
            while (world[0].Received == 0)
            {
                world.Run(0.1);
                world.Send(director);
            }
            ends.Add((world.Time.Now - began) / 1_000_000_000);
            Assert.NotEqual(ReplicaState.Ejected, director.Members[0].State);
        }
        Assert.InRange(ends.Min(), 4, 7);
        Assert.InRange(ends.Max(), 8, 10);
    }

    [Fact]
    public async Task An_ejection_of_long_ago_is_forgotten_and_one_far_in_the_future_is_cut()
    {
        world.Run(3600);
        await Leave(Out(0, -TimeSpan.FromMinutes(10)), Out(1, TimeSpan.FromDays(300)));
        await using var director = New();
        await director.ReadyAsync(Cancel);
        Assert.Equal([ReplicaState.Up, ReplicaState.Ejected, ReplicaState.Up], director.Members.Select(m => m.State));
        // The clock was set back since; the longest ejection is a minute.
        world.Run(61);
        for (var i = 0; i < 5; i++) world.Send(director);
        Assert.NotEqual(ReplicaState.Ejected, director.Members[1].State);
    }

    [Fact]
    public async Task Never_more_than_may_be_out_begin_out()
    {
        await Leave(Out(0, TimeSpan.FromSeconds(30)), Out(1, TimeSpan.FromSeconds(20)), Out(2, TimeSpan.FromSeconds(10)));
        await using var director = New();
        await director.ReadyAsync(Cancel);
        Assert.Equal([ReplicaState.Ejected, ReplicaState.Ejected, ReplicaState.Up], director.Members.Select(m => m.State));
    }

    [Fact]
    public async Task Members_of_the_last_time_serve_while_the_source_is_down()
    {
        var source = new ScriptedNames();
        source.Tell(world.Members(0, 1));
        await using (var first = New(source: source))
        {
            await first.ReadyAsync(Cancel);
            world.Send(first);
        }
        var down = new ScriptedNames();
        down.Fail(new IOException("the registry is down"));
        await using var second = New(source: down);
        Assert.Equal(0, down.Watches);
        world.Send(second);
        Assert.Equal(2, second.Members.Length);
        await Real.Until(() => down.Watches == 1);
        down.Tell(world.Members(2));
        await Real.Until(world.Time, TimeSpan.FromSeconds(1), () => second.Members.Length == 1);
    }

    [Fact]
    public async Task Members_of_more_than_a_week_ago_do_not_serve()
    {
        await state.UpdateAsync(Name, _ => new SavedService { Members = new SavedMembers([world[0].Endpoint], "dns", world.Time.GetUtcNow()) }, Cancel);
        world.Run(8 * 24 * 3600);
        var source = new ScriptedNames();
        await using var director = New(source: source);
        var ready = director.ReadyAsync(Cancel).AsTask();
        Assert.False(ready.IsCompleted);
        source.Tell(world.Members(1));
        await ready;
        Assert.Equal(world[1].Endpoint, Assert.Single(director.Members).Endpoint);
    }

    [Fact]
    public async Task What_was_learnt_is_written_while_it_runs_and_short_lives_do_not_refresh_what_they_did_not_see()
    {
        await Leave(Measured(0, 100, TimeSpan.FromMinutes(50)));
        var before = state.Read(Name)!.Lessons!.Replicas.Single();
        await using var director = New(source: new StaticNames(world[0].Endpoint, world[1].Endpoint));
        await director.ReadyAsync(Cancel);
        world.Run(40);
        Assert.Equal(before, state.Read(Name)!.Lessons!.Replicas.Single(r => r.Address == before.Address));
        while (world[1].Received == 0) world.Send(director);
        world.Run(40);
        Assert.Contains(world[1].Endpoint.Address, state.Read(Name)!.Lessons!.Replicas.Select(r => r.Address));
    }

    [Fact]
    public async Task A_store_that_breaks_its_word_breaks_no_request()
    {
        await using var director = world.Director(o => o with { State = new Broken() });
        world.Send(director);
        world.Run(100);
        world.Send(director);
    }

    sealed class Broken : StateStore
    {
        public override SavedService Read(string service) => throw new InvalidOperationException("broken");

        public override ValueTask<bool> UpdateAsync(string service, Func<SavedService?, SavedService?> change, CancellationToken cancel) =>
            throw new InvalidOperationException("broken");
    }
}
