using SmartClients.Bench.Plays;
using SmartClients.Simulation;

namespace SmartClients.Bench.Tests.Plays;

public class PlayTests
{
    static readonly Size Size = new(Replicas: 8, Clients: 20, PerSecond: 400, Seconds: 20, WorkKind.Sleep);

    static Play Of(string scenario, Size? size = null, long seed = 1) => new(ScenarioReader.Find(scenario), size ?? Size, seed, TestContext.Current.CancellationToken);

    [Fact]
    public void A_sample_has_the_scenarios_mix()
    {
        Assert.Equal([4.0 / 3, 4.0 / 3, 4.0 / 3, 4.0 / 3, 2.0 / 3, 2.0 / 3, 2.0 / 3, 2.0 / 3], Of("s2-heterogeneous").Beginning.Select(replica => replica.Speed));
        Assert.Equal(["a", "a", "a", "b", "b", "b", "c", "c", "c"], Of("zone-loss", Size with { Replicas = 9 }).Zones);
    }

    [Fact]
    public void A_scenario_that_is_small_enough_is_played_as_it_is()
    {
        var scenario = ScenarioReader.Parse("""{ "name": "x", "replicas": [{ "count": 2 }], "load": { "per_second": 50 }, "requests": 500, "warm_up_s": 5 }"""u8.ToArray());
        var play = new Play(scenario, Size with { PerSecond = 50, Seconds = 15 }, 1, TestContext.Current.CancellationToken);
        Assert.Equal((2, 1, 1.0, 1.0, 5.0), (play.Replicas, play.Clients, Math.Round(play.Stretch, 9), Math.Round(play.Pace, 9), Math.Round(play.CountFromS, 9)));
        Assert.Equal(500, play.Requests.Count(request => request.AtMs >= 5000));
    }

    [Theory]
    [InlineData("s1-homogeneous", 0.8)]
    [InlineData("s2-heterogeneous", 0.75)]
    [InlineData("s6-testbed", 0.35)]
    [InlineData("language-model", 0.7)]
    public void Replicas_are_as_busy_as_the_scenario_says(string scenario, double utilization)
    {
        var play = Of(scenario, Size with { Seconds = 200 });
        var offered = play.Stretch * play.Scenario.Work.MeanMs * play.Size.PerSecond / 1000;
        Assert.Equal(utilization, offered / play.Beginning.Sum(replica => replica.Cores * replica.Speed), 9);
        // Poisson: within five deviations.
        var expected = play.Size.PerSecond * play.Size.Seconds;
        Assert.InRange(play.Requests.Count, expected - 5 * Math.Sqrt(expected), expected + 5 * Math.Sqrt(expected));
        if (scenario != "language-model") Assert.InRange(play.Requests.Average(request => request.WorkMs) / play.Stretch, 9.8, 10.2);
    }

    [Fact]
    public void A_day_is_pressed_into_the_seconds_there_are()
    {
        var play = Of("flash-crowd");
        var day = 10 + 500_000 / 9000.0;
        // Twice the load from second 22 to 40 of the day: half of it is there before and after.
        double Rate(double from, double until) => play.Requests.Count(r => r.AtMs >= 1000 * from * play.Pace && r.AtMs < 1000 * until * play.Pace) / ((until - from) * play.Pace);
        Assert.Equal(20 / day, play.Pace, 9);
        Assert.InRange(Rate(23, 39) / Rate(2, 19), 1.85, 2.15);
    }

    [Fact]
    public void What_depends_on_how_long_requests_are_is_stretched_with_them()
    {
        var play = Of("fails-fast");
        Assert.Equal(2000 * play.Stretch, play.DeadlineMs!.Value, 9);
        var failure = Assert.Single(play.Changes);
        Assert.Equal((0, 1.0, play.Stretch), (failure.Replica, failure.Condition.Failing, failure.Condition.FailsAfterMs));
        Assert.Equal(15 * play.Pace, failure.Seconds, 6);
    }

    [Fact]
    public void The_same_seed_gives_the_same_play_and_another_one_another()
    {
        Assert.Equal(Of("s3-antagonists", seed: 7).Requests, Of("s3-antagonists", seed: 7).Requests);
        Assert.Equal(Of("s3-antagonists", seed: 7).Changes, Of("s3-antagonists", seed: 7).Changes);
        Assert.NotEqual(Of("s3-antagonists", seed: 7).Requests, Of("s3-antagonists", seed: 8).Requests);
    }

    [Fact]
    public void As_much_is_done_by_processors_as_they_can_bear()
    {
        var play = Of("s1-homogeneous", Size with { Work = WorkKind.Cpu });
        var busy = play.ProcessorShare * play.Stretch * 10 * play.Size.PerSecond / 1000;
        Assert.Equal(0.5 * Environment.ProcessorCount, busy, 6);
        Assert.Equal(0, Of("s1-homogeneous").ProcessorShare);
    }

    [Fact]
    public void A_partition_cannot_be_played_on_one_machine()
    {
        var error = Assert.Throws<FormatException>(() => Of("partition"));
        Assert.StartsWith("partition cannot be played", error.Message, StringComparison.Ordinal);
    }
}
