using System.Net.Sockets;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>A director that takes over from another one of the same service.</summary>
public class InheritTests
{
    readonly TestWorld world = new(3);

    [Fact]
    public async Task What_was_learnt_comes_along_and_what_is_in_flight_does_not()
    {
        await using var first = world.Director();
        for (var i = 0; i < 12; i++) world.Send(first);
        var waiting = first.SendAsync(world.Ask, null, CancellationToken.None);
        await using var second = world.Director();
        second.Inherit(first);
        Assert.Equal(12, second.Members.Sum(m => m.Requests));
        Assert.Equal(1, first.Members.Sum(m => m.InFlight));
        Assert.Equal(0, second.Members.Sum(m => m.InFlight));
        world.Time.Run(waiting);
        Assert.Equal(0, second.Members.Sum(m => m.InFlight));
        Assert.Equal(12, second.Members.Sum(m => m.Requests));
    }

    [Fact]
    public async Task Spent_budgets_come_along()
    {
        await using var first = world.Director(o => o with { FailuresToEject = 1000, SuccessRateToEject = 0 });
        for (var i = 0; i < 200; i++) world.Send(first);
        foreach (var machine in world.Machines) machine.Fault = () => new SocketException((int)SocketError.ConnectionRefused);
        for (var i = 0; i < 400; i++) Assert.Throws<ServiceUnavailableException>(() => world.Send(first));
        var last = Explain(first);
        Assert.True(last.RetriesLeft < 3, $"{last.RetriesLeft} retries left");

        await using var second = world.Director();
        second.Inherit(first);
        var next = Explain(second);
        // A fresh budget has a hundred. Between the two looks a bucket of the window may have ended.
        Assert.InRange(next.RetriesLeft, 0, 50);
        Assert.Equal(last.HedgesLeft, next.HedgesLeft, 5.0);

        Decision Explain(Director director)
        {
            Decision? told = null;
            director.Decided += decision => told ??= decision;
            Assert.Throws<ServiceUnavailableException>(() => world.Send(director));
            return told!;
        }
    }

    [Fact]
    public async Task So_do_the_groups_latencies()
    {
        await using var first = world.Director();
        for (var i = 0; i < 200; i++) world.Send(first);
        await using var second = world.Director();
        second.Inherit(first);
        // 20 ms each: a hedge goes out long before the 250 ms that stand where nothing is known.
        world[0].Latency = () => TimeSpan.FromSeconds(5);
        var began = world.Time.Now;
        for (var i = 0; i < 12; i++) world.Send(second, RequestOptions.Hedged);
        Assert.True(world.Time.Now - began < 12 * 60_000_000L, $"{(world.Time.Now - began) / 1e6} ms");
    }

    [Fact]
    public async Task Reports_to_the_new_director_are_of_its_own_replicas()
    {
        await using var first = world.Director();
        world.Send(first);
        Assert.True(first.HasMember(world[0].Endpoint.Address));
        await using var second = world.Director(source: new ScriptedNames());
        second.Inherit(first);
        second.Report(world[0].Endpoint.Address, new LoadReport { CpuUtilization = 0.5 }, ReportSource.Polled);
        Assert.NotNull(second.Members[0].Evidence);
        Assert.Null(first.Members[0].Evidence);
    }

    [Fact]
    public async Task Late_failures_of_the_old_director_do_not_touch_the_new_one()
    {
        await using var first = world.Director(o => o with { FailuresToEject = 1, Hedge = false });
        world.Send(first);
        world[0].Fault = () => new SocketException((int)SocketError.ConnectionRefused);
        var late = Enumerable.Range(0, 20).Select(_ => first.SendAsync(world.Ask, null, CancellationToken.None).AsTask()).ToList();
        await using var second = world.Director();
        second.Inherit(first);
        foreach (var request in late) world.Time.Run(new ValueTask<string>(request));
        Assert.Contains(first.Members, m => m.State == ReplicaState.Ejected);
        Assert.All(second.Members, m => Assert.Equal(ReplicaState.Up, m.State));
    }

    [Fact]
    public async Task Who_was_on_trial_is_tried_by_the_new_director_at_once()
    {
        await using var first = world.Director(o => o with { FailuresToEject = 1, Hedge = false });
        world[0].Fault = () => new SocketException((int)SocketError.ConnectionRefused);
        while (first.Members.All(m => m.State != ReplicaState.Ejected)) world.Send(first);
        world.Run(2);
        world[0].Latency = () => TimeSpan.FromSeconds(5);
        var trial = first.SendAsync(world.Ask, RequestOptions.Default, CancellationToken.None);
        Assert.Contains(first.Members, m => m.State == ReplicaState.OnTrial);
        world[0].Latency = () => TimeSpan.FromMilliseconds(20);
        world[0].Fault = () => null;

        await using var second = world.Director();
        second.Inherit(first);
        world.Send(second);
        Assert.DoesNotContain(second.Members, m => m.State is ReplicaState.Ejected or ReplicaState.OnTrial);
        world.Time.Run(trial);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_now_leaves_the_inherited_members_serving()
    {
        await using var first = world.Director();
        world.Send(first);
        var source = new ScriptedNames();
        source.Fail(new FormatException("half-written"));
        await using var second = world.Director(source: source);
        second.Inherit(first);
        world.Send(second);
        source.Tell(world.Members(1));
        await Real.Until(world.Time, TimeSpan.FromSeconds(6), () => second.Members.Length == 1);
    }

    [Fact]
    public async Task A_director_that_has_members_takes_nothing_over()
    {
        await using var first = world.Director();
        world.Send(first);
        await using var second = world.Director();
        await second.ReadyAsync(TestContext.Current.CancellationToken);
        second.Inherit(first);
        Assert.Equal(0, second.Members.Sum(m => m.Requests));
    }

    [Fact]
    public async Task Whoever_waits_for_members_of_a_director_that_is_disposed_hears_it_at_once()
    {
        var director = world.Director(source: new ScriptedNames());
        var waiting = director.SendAsync(world.Ask, null, CancellationToken.None).AsTask();
        await director.DisposeAsync();
        var error = await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        Assert.Equal(typeof(Director).FullName, error.ObjectName);
    }
}
