using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Profiles;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Simulation.Tests.Profiles;

/// <summary>Each profile does to a small world what it says.</summary>
public class ProfileTests
{
    // Ten replicas with cores to spare, 1,000 requests a second of exactly 10 ms, and half a millisecond of network: 10.5 ms when all is well.
    static Scenario Day(params Profile[] profiles) => new()
    {
        Name = "day",
        Replicas = [new ReplicaGroup { Count = 5, Cores = 100, Zone = "a" }, new ReplicaGroup { Count = 5, Cores = 100, Zone = "b" }],
        Clients = new ClientGroup { Count = 4, Ejection = false },
        Load = new Load { PerSecond = 1000 },
        Work = new Work { Law = WorkLaw.Constant },
        DeadlineMs = 1000,
        WarmUpS = 0,
        Requests = 20_000,
        Profiles = profiles,
    };

    static Score Random(Scenario day) => Run.Once(day, Contender.Named("random"));

    [Fact]
    public void A_quiet_day_is_work_and_network()
    {
        var score = Random(Day());
        Assert.Equal(10.5, score.MeanMs, 0.001);
        Assert.Equal(0, score.Errors);
        Assert.InRange(score.Imbalance, 1, 1.1);
    }

    [Fact]
    public void Slow_within_slows_those_it_names_and_only_then()
    {
        var score = Random(Day(new SlowWithin { Replicas = "0-4", Factor = 0.1, FromS = 5, UntilS = 15 }));
        // A quarter of all requests: half of the time, half of the replicas.
        Assert.InRange(score.ShareAbove(95), 0.24, 0.26);
        Assert.InRange(score.ShareAbove(11), 0.24, 0.26);
        Assert.Equal(100.5, score.P99Ms, 0.3);
    }

    [Fact]
    public void Two_slow_profiles_multiply() =>
        Assert.Equal(40.5, Random(Day(new SlowWithin { Factor = 0.5 }, new SlowWithin { Factor = 0.5 })).P50Ms, 0.1);

    [Theory]
    [InlineData(FailureWay.Error)]
    [InlineData(FailureWay.Refuse)]
    [InlineData(FailureWay.Silence)]
    public void Fail_within_fails_a_share(FailureWay how)
    {
        var score = Random(Day(new FailWithin { Replicas = "zone:b", How = how, Share = 0.5, FromS = 10 }));
        // A silent one may also lose the answer to what it took.
        Assert.InRange((double)score.Errors / score.Requests, 0.11, how == FailureWay.Silence ? 0.2 : 0.14);
        Assert.InRange(score.P999Ms, 1000, 1002);
    }

    [Fact]
    public void With_retries_nothing_of_it_is_lost()
    {
        var day = Day(new FailWithin { Replicas = "0", How = FailureWay.Refuse });
        var score = Random(day with { Clients = day.Clients with { Retries = true } });
        Assert.Equal(0, score.Errors);
        Assert.InRange((double)score.Retries / score.Requests, 0.09, 0.11);
    }

    [Fact]
    public void Warming_up_begins_slowly_and_ends_at_full_speed()
    {
        var score = Random(Day(new WarmUp { Factor = 0.1, OverS = 10 }));
        Assert.InRange(score.Timeline[0].P50Ms, 60, 105);
        Assert.Equal(10.5, score.Timeline[^1].P50Ms, 0.3);
    }

    [Fact]
    public void Antagonists_take_their_part_of_the_time()
    {
        var score = Random(Day(new Antagonists { Factor = 0.25, BurstS = 0.5, GapS = 1.5 }));
        // A quarter of the time, and those caught by an edge are in between.
        Assert.InRange(score.ShareAbove(39), 0.2, 0.28);
    }

    [Fact]
    public void A_deploy_told_beforehand_loses_nothing_and_one_that_is_not_does()
    {
        Assert.Equal(0, Random(Day(new RollingDeploy { EveryS = 1.5, DrainS = 1, DownS = 0.5, WarmUpS = 0.1 })).Errors);
        Assert.True(Random(Day(new RollingDeploy { EveryS = 1.5, DrainS = 0, DownS = 0.5, WarmUpS = 0.1 })).Errors > 100);
    }

    [Fact]
    public void A_partition_cuts_some_clients_off_from_some_replicas()
    {
        var score = Random(Day(new Partition { Replicas = "0-4", Clients = 0.5, FromS = 10 }));
        Assert.InRange((double)score.Errors / score.Requests, 0.115, 0.135);
    }

    [Fact]
    public void A_surge_brings_so_many_times_the_requests()
    {
        var score = Random(Day(new Surge { Factor = 3, RiseS = 0, FromS = 5, UntilS = 7 }));
        var usual = score.Timeline[5].Requests;
        Assert.InRange(score.Timeline[30].Requests / (double)usual, 2.2, 3.9);
        Assert.InRange(score.Timeline.Where(m => m.Seconds is > 5 and < 7).Average(m => m.Requests), 560, 640);
    }

    [Fact]
    public void Hiccups_strike_a_share_of_the_attempts()
    {
        var score = Random(Day(new Hiccups { Share = 0.1, MeanMs = 50 }));
        Assert.InRange(score.ShareAbove(11), 0.09, 0.11);
        Assert.Equal(15.5, score.MeanMs, 0.4);
    }

    [Fact]
    public void Between_zones_it_takes_longer()
    {
        var day = Day() with { Network = new Network { OneWayMs = 0.25, AcrossZonesMs = 5 } };
        var score = Random(day with { Clients = day.Clients with { Zones = ["a"] } });
        Assert.InRange(score.ShareAbove(19), 0.48, 0.52);
    }

    [Fact]
    public void A_refusal_that_comes_after_its_client_has_given_up_is_told_to_nobody()
    {
        var day = Day(new FailWithin { How = FailureWay.Refuse, Share = 1 }) with
        {
            Network = new Network { OneWayMs = 5 },
            Clients = new ClientGroup { Count = 4, Ejection = false, AttemptTimeoutMs = 3 },
        };
        Assert.Equal(day.Requests, Random(day).Errors);
    }

    [Fact]
    public void A_share_of_silence_is_that_share()
    {
        var score = Random(Day(new FailWithin { How = FailureWay.Silence, Share = 0.3 }));
        Assert.InRange((double)score.Errors / score.Requests, 0.28, 0.32);
    }

    [Fact]
    public void One_failure_that_ends_does_not_end_another()
    {
        var score = Random(Day(new FailWithin { Replicas = "0-4" }, new FailWithin { Replicas = "0-4", Share = 0.5, FromS = 2, UntilS = 3 }));
        Assert.InRange((double)score.Errors / score.Requests, 0.48, 0.52);
    }
}
