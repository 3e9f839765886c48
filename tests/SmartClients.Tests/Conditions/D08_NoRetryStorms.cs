using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>A service that fails is not hit harder because it fails.</summary>
public class D08_NoRetryStorms
{
    readonly TestWorld world = new(3);

    void AllFail(double ms)
    {
        foreach (var machine in world.Machines)
        {
            machine.Latency = () => TimeSpan.FromMilliseconds(ms);
            machine.Fault = () => new IOException("broken");
        }
    }

    [Theory]
    [InlineData(1, 60)]
    [InlineData(100, 60)]
    [InlineData(10_000, 20)]
    public void When_everything_fails_attempts_stay_within_share_and_floor(int perSecond, int seconds)
    {
        AllFail(5);
        var director = world.Director();
        var tally = world.RunLoad(director, perSecond, seconds, RequestOptions.Hedged);
        Assert.Equal(perSecond * seconds, tally.Errors.Count);
        // The first ten seconds' floor may be spent at once.
        Assert.InRange(world.Received, tally.Sent, 1.2 * tally.Sent + 10 * (seconds + 10));
        if (perSecond == 1) Assert.Equal(3 * tally.Sent, world.Received);
    }

    [Fact]
    public void Retries_are_charged_when_they_are_scheduled_not_when_they_end()
    {
        AllFail(5);
        foreach (var machine in world.Machines) machine.Latency = () => TimeSpan.FromSeconds(3);
        var director = world.Director(o => o with { RetryShare = 0.2, RetriesPerSecond = 0 });
        for (var i = 0; i < 1000; i++) _ = director.SendAsync(world.Ask, cancel: CancellationToken.None).AsTask();
        world.Run(2.9);
        Assert.Equal(1000, world.Received);
        world.Run(0.2);
        Assert.Equal(1200, world.Received);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public void A_refused_retry_gives_the_last_real_error_at_once(int perSecond)
    {
        AllFail(5);
        var director = world.Director(o => o with { RetryShare = 0, RetriesPerSecond = 0 });
        var tally = world.RunLoad(director, perSecond, 3);
        Assert.Equal(5, tally.Longest.TotalMilliseconds, 0.01);
        Assert.All(tally.Errors, error =>
        {
            var told = Assert.IsType<ServiceUnavailableException>(error);
            Assert.Equal((UnavailableReason.BudgetSpent, "broken"), (told.Reason, told.Attempts[0].Reason));
            Assert.IsType<IOException>(told.InnerException);
        });
    }

    [Fact]
    public void A_refused_hedge_waits_for_the_answer_there_is_and_not_for_the_deadline()
    {
        foreach (var machine in world.Machines) machine.Latency = () => TimeSpan.FromMilliseconds(700);
        var director = world.Director(o => o with { HedgeShare = 0, HedgesPerSecond = 0 });
        var tally = world.RunLoad(director, 10, 1, RequestOptions.Hedged);
        Assert.Equal((10, 10, 700.0), (tally.Succeeded, world.Received, tally.Longest.TotalMilliseconds));
    }

    [Fact]
    public void After_the_storm_the_budget_is_back()
    {
        AllFail(5);
        var director = world.Director();
        world.RunLoad(director, 1000, 10);
        foreach (var machine in world.Machines) machine.Fault = () => null;
        world.RunLoad(director, 100, 20);
        var n = 0;
        foreach (var machine in world.Machines) machine.Fault = () => ++n % 10 == 0 ? new IOException("broken") : null;
        Assert.Equal(1000, world.RunLoad(director, 100, 10).Succeeded);
    }

    [Fact]
    public void Re_applications_after_a_death_are_charged_too()
    {
        world[0].Frozen = true;
        var (second, minute) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        var director = world.Director(
            o => o with { RetryShare = 0, RetriesPerSecond = 2, KeepAliveInterval = second, AttemptTimeout = minute }, new Fixed());
        director.KeepAlive((e, _) => e == world[0].Endpoint ? ValueTask.FromException(new IOException("broken")) : default);
        for (var i = 0; i < 100; i++) _ = director.SendAsync(world.Ask, RequestOptions.Hedged, CancellationToken.None).AsTask();
        world.Run(0.1);
        var hedged = world[1].Received + world[2].Received;
        world.Run(3);
        Assert.InRange(world[1].Received + world[2].Received - hedged, 20, 20 + 55);
    }
}
