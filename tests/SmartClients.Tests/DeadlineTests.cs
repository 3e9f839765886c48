using SmartClients.Tests.World;

namespace SmartClients.Tests;

public class DeadlineTests
{
    readonly TestWorld world = new(2);

    TimeSpan Timed(Action act)
    {
        var before = world.Time.Now;
        act();
        return TimeSpan.FromTicks((world.Time.Now - before) / 100);
    }

    [Fact]
    public void An_attempt_that_takes_too_long_is_given_up_and_made_elsewhere()
    {
        world[0].Frozen = true;
        var director = world.Director(policy: new Fixed());
        var options = new RequestOptions { AttemptTimeout = TimeSpan.FromMilliseconds(300) };
        var took = Timed(() => Assert.Equal(world[1].Endpoint.Address, world.Send(director, options)));
        Assert.Equal(320, took.TotalMilliseconds, 1.0);
        Assert.Equal(1, world[0].Cancelled);
        Assert.Equal(1, director.Members[0].Failures);
    }

    [Fact]
    public void The_requests_own_time_ends_everything()
    {
        foreach (var machine in world.Machines) machine.Frozen = true;
        var director = world.Director(o => o with { Timeout = TimeSpan.FromSeconds(1) });
        var took = Timed(() =>
        {
            var error = Assert.Throws<ServiceUnavailableException>(() => world.Send(director));
            Assert.Equal(UnavailableReason.TimedOut, error.Reason);
            Assert.Contains("time is over", error.Message, StringComparison.Ordinal);
        });
        Assert.Equal(1000, took.TotalMilliseconds, 1.0);
        Assert.All(director.Members, m => Assert.Equal((0, 0L), (m.InFlight, m.Failures)));
    }

    [Fact]
    public void The_requests_time_goes_on_over_all_its_attempts()
    {
        foreach (var machine in world.Machines) machine.Frozen = true;
        var director = world.Director(o => o with { Timeout = TimeSpan.FromSeconds(1), AttemptTimeout = TimeSpan.FromSeconds(0.7) });
        var took = Timed(() => Assert.Equal(2, Assert.Throws<ServiceUnavailableException>(() => world.Send(director)).Attempts.Length));
        Assert.Equal(1000, took.TotalMilliseconds, 1.0);
    }

    [Fact]
    public void What_is_not_repeatable_ends_with_its_first_attempt()
    {
        world[0].Frozen = true;
        var director = world.Director(o => o with { AttemptTimeout = TimeSpan.FromSeconds(1) }, new Fixed());
        var error = Assert.Throws<ServiceUnavailableException>(() => world.Send(director, RequestOptions.Once));
        Assert.Equal(UnavailableReason.NotRepeatable, error.Reason);
        Assert.Equal(0, world[1].Received);
    }

    [Fact]
    public void A_replica_that_ignores_the_end_holds_nobody_up_and_stays_in_flight_there()
    {
        (world[0].IgnoresCancellation, world[0].Latency) = (true, () => TimeSpan.FromSeconds(60));
        var director = world.Director(policy: new Fixed());
        world.Send(director, new RequestOptions { AttemptTimeout = TimeSpan.FromMilliseconds(100) });
        Assert.Equal(1, director.Members[0].InFlight);
        world.Run(60);
        Assert.Equal(0, director.Members[0].InFlight);
    }

    [Fact]
    public void A_replica_from_which_nothing_ever_comes_is_ejected_though_only_the_requests_time_ends()
    {
        world[0].Frozen = true;
        var director = world.Director(policy: new Fixed());
        for (var i = 0; i < 5; i++)
            Assert.Throws<ServiceUnavailableException>(() => world.Send(director, new RequestOptions { Timeout = TimeSpan.FromMilliseconds(100) }));
        Assert.Equal(world[1].Endpoint.Address, world.Send(director));
    }

    [Fact]
    public async Task A_deadline_still_ends_a_request_after_the_director_was_disposed()
    {
        world[0].Frozen = true;
        var director = world.Director(policy: new Fixed());
        var sent = director.SendAsync(world.Ask, new RequestOptions { Repeatable = false }, CancellationToken.None).AsTask();
        await director.DisposeAsync();
        world.Run(10.1);
        Assert.True(sent.IsFaulted);
        Assert.Equal(0, world.Time.Armed);
    }

    [Fact]
    public async Task The_wait_for_the_first_members_is_part_of_the_requests_time()
    {
        var director = world.Director(source: new ScriptedNames());
        var sent = director.SendAsync(world.Ask, new RequestOptions { Timeout = TimeSpan.FromSeconds(2) }, CancellationToken.None).AsTask();
        world.Run(2);
        var error = await Assert.ThrowsAsync<ServiceUnavailableException>(() => sent.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Equal(UnavailableReason.NoMembers, error.Reason);
        Assert.Contains("no answer within 2 s", error.Message, StringComparison.Ordinal);
        await director.DisposeAsync();
    }

    [Fact]
    public async Task What_that_wait_took_is_no_longer_there_for_the_attempts()
    {
        foreach (var machine in world.Machines) machine.Frozen = true;
        var source = new ScriptedNames();
        var director = world.Director(source: source);
        var sent = director.SendAsync(world.Ask, new RequestOptions { Timeout = TimeSpan.FromSeconds(2) }, CancellationToken.None).AsTask();
        world.Run(1.5);
        source.Tell(world.Members(0, 1));
        await Real.Until(() => world.Received == 1);
        world.Run(0.5);
        await Real.Until(() => sent.IsFaulted);
        Assert.Equal(UnavailableReason.TimedOut, Assert.IsType<ServiceUnavailableException>(sent.Exception!.InnerException).Reason);
        await director.DisposeAsync();
    }

    [Fact]
    public void What_a_request_allows_is_checked_where_it_is_said()
    {
        Assert.Contains("Timeout is 00:00:00", Assert.Throws<ArgumentException>(() => new RequestOptions { Timeout = TimeSpan.Zero }).Message, StringComparison.Ordinal);
        Assert.Contains("AttemptTimeout", Assert.Throws<ArgumentException>(() => new RequestOptions { AttemptTimeout = TimeSpan.FromSeconds(-1) }).Message, StringComparison.Ordinal);
        Assert.Contains("at least 1", Assert.Throws<ArgumentException>(() => new RequestOptions { MaxAttempts = 0 }).Message, StringComparison.Ordinal);
        _ = new RequestOptions { Timeout = Timeout.InfiniteTimeSpan, AttemptTimeout = TimeSpan.FromTicks(1), MaxAttempts = 1 };
    }
}
