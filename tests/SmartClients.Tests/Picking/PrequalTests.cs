using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

public class PrequalTests
{
    static readonly PrequalOptions Keeping = new() { RemovedPerRequest = 0, ProbesPerRequest = 3 };

    // With a hundred replicas, answers last (1+1) / ((1 - 16/100) · 3 - 0) = 0.79 uses: one.
    static Stand Stand(PrequalOptions? options = null, int replicas = 100) => new(new Prequal(options ?? Keeping), replicas);

    /// <summary>Enough answers from one replica for the quantile to be what is wanted, and then forgotten.</summary>
    static void Hot(Stand stand, double above)
    {
        for (var i = 0; i < 128; i++) stand.Answer(stand[99], above, 1);
        stand.Now += 2 * Clock.Second;
    }

    [Fact]
    public void The_fastest_of_those_that_are_not_hot_is_picked()
    {
        var stand = Stand();
        Hot(stand, above: 5);
        stand.Answer(stand[0], inFlight: 9, milliseconds: 1);
        stand.Answer(stand[1], inFlight: 5, milliseconds: 7);
        stand.Answer(stand[2], inFlight: 1, milliseconds: 8);
        Assert.Same(stand[1], stand.Pick());
    }

    [Fact]
    public void When_all_are_hot_it_is_the_one_with_least_in_flight()
    {
        var stand = Stand();
        Hot(stand, above: 5);
        stand.Answer(stand[0], inFlight: 9, milliseconds: 1);
        stand.Answer(stand[1], inFlight: 7, milliseconds: 9);
        stand.Answer(stand[2], inFlight: 8, milliseconds: 2);
        Assert.Same(stand[1], stand.Pick());
    }

    [Fact]
    public void Whether_the_quantile_itself_is_hot_is_a_parameter()
    {
        foreach (var hot in new[] { false, true })
        {
            var stand = Stand(Keeping with { HotAtQuantile = hot });
            Hot(stand, above: 5);
            stand.Answer(stand[0], inFlight: 5, milliseconds: 1);
            stand.Answer(stand[1], inFlight: 4, milliseconds: 9);
            Assert.Same(stand[hot ? 1 : 0], stand.Pick());
        }
    }

    [Fact]
    public void The_ends_of_the_quantile_are_in_flight_alone_and_latency_alone()
    {
        foreach (var (quantile, expected) in new[] { (0.0, 1), (1.0, 0) })
        {
            var stand = Stand(Keeping with { HotQuantile = quantile });
            stand.Answer(stand[0], inFlight: 50, milliseconds: 1);
            stand.Answer(stand[1], inFlight: 1, milliseconds: 90);
            Assert.Same(stand[expected], stand.Pick());
        }
    }

    [Fact]
    public void With_fewer_than_two_usable_answers_anybody_is_picked()
    {
        var stand = Stand();
        stand.Answer(stand[0], 1, 1);
        Assert.True(Enumerable.Range(0, 200).Select(_ => stand.Pick()).Distinct().Count() > 50);
        stand.Answer(stand[1], 1, 1);
        stand.Now += Clock.Second + 1;
        Assert.True(Enumerable.Range(0, 200).Select(_ => stand.Pick()).Distinct().Count() > 50);
    }

    [Fact]
    public void An_answer_is_used_up()
    {
        var stand = Stand(Keeping with { ProbesPerRequest = 1, HotQuantile = 1 });
        // 2 / (0.84 · 1) = 2.38 uses: two, then three.
        stand.Answer(stand[0], 0, 1);
        stand.Answer(stand[1], 0, 50);
        stand.Answer(stand[2], 0, 60);
        Assert.Equal([0, 0, 1, 1], Enumerable.Range(0, 4).Select(_ => Array.IndexOf(stand.Replicas, stand.Pick())));
    }

    [Fact]
    public void Own_requests_count_on_top_of_what_an_answer_says()
    {
        var stand = Stand(Keeping with { HotQuantile = 0, ProbesPerRequest = 0 });
        stand.Answer(stand[0], 1, 1);
        stand.Answer(stand[1], 3, 1);
        // 1, 2, then equals at 3.
        Assert.Equal([0, 0], Enumerable.Range(0, 2).Select(_ => Array.IndexOf(stand.Replicas, stand.Pick())));
        Assert.Equal(8, Enumerable.Range(0, 8).Select(_ => stand.Pick()).Count(r => r == stand[0] || r == stand[1]));
        Assert.Equal(stand.Score(stand[0]), stand.Score(stand[1]));
    }

    [Fact]
    public void A_newer_answer_takes_the_place_of_the_same_replicas_older_one()
    {
        var stand = Stand(Keeping with { HotQuantile = 0 });
        stand.Answer(stand[0], 1, 1);
        stand.Answer(stand[1], 5, 1);
        stand.Answer(stand[0], 9, 1);
        Assert.Same(stand[1], stand.Pick());
    }

    [Fact]
    public void A_full_pool_forgets_the_oldest()
    {
        var stand = Stand(Keeping with { HotQuantile = 0 });
        for (var i = 0; i < 17; i++)
        {
            stand.Answer(stand[i], i, 1);
            stand.Now++;
        }
        Assert.Same(stand[1], stand.Pick());
    }

    [Fact]
    public void Each_request_removes_in_turn_the_oldest_and_the_worst()
    {
        var stand = Stand(Keeping with { HotQuantile = 0, RemovedPerRequest = 1, ProbesPerRequest = 0 });
        foreach (var (replica, inFlight) in new[] { (0, 4), (1, 3), (2, 9), (3, 2), (4, 1) })
        {
            stand.Answer(stand[replica], inFlight, 1);
            stand.Now++;
        }
        bool[] Known() => [.. Enumerable.Range(0, 5).Select(i => !double.IsNaN(stand.Score(stand[i])))];
        stand.Pick();
        Assert.Equal([false, true, true, true, true], Known());
        stand.Pick();
        Assert.Equal([false, true, false, true, true], Known());
        stand.Pick();
        Assert.Equal([false, false, false, true, true], Known());
    }

    [Fact]
    public void Probes_go_to_different_replicas_each_as_often_and_a_fraction_is_kept_on_average()
    {
        var stand = Stand(Keeping with { ProbesPerRequest = 2.5 }, replicas: 10);
        var counts = new int[10];
        for (var i = 0; i < 4_000; i++)
        {
            var (whom, await) = stand.Probe();
            Assert.Equal(0, await);
            Assert.Equal(whom.Length, whom.Distinct().Count());
            Assert.Equal(i % 2 == 0 ? 2 : 3, whom.Length);
            foreach (var replica in whom) counts[Array.IndexOf(stand.Replicas, replica)]++;
        }
        Assert.All(counts, n => Assert.InRange(n, 900, 1100));
    }

    [Fact]
    public void Reports_that_come_with_replies_are_not_pooled()
    {
        var stand = Stand();
        for (var i = 0; i < 5; i++) stand.Report(stand[i], new LoadReport { RequestsInFlight = 0 }, ReportSource.PiggyBacked);
        Assert.All(stand.Replicas, r => Assert.True(double.IsNaN(stand.Score(r))));
    }

    [Fact]
    public void Who_fails_at_once_and_says_it_is_idle_draws_no_requests()
    {
        var stand = Stand(new PrequalOptions(), replicas: 20);
        var picked = new int[20];
        for (var i = 0; i < 3_000; i++)
        {
            stand.Now += Clock.Millisecond;
            foreach (var replica in stand.Probe().Whom)
                stand.Answer(replica, replica == stand[0] ? 0 : 1 + stand.Random.Next(4), replica == stand[0] ? 0.1 : 8 + stand.Random.NextDouble());
            var index = Array.IndexOf(stand.Replicas, stand.Pick());
            picked[index]++;
            stand.Observe(stand[index], index == 0 ? OutcomeKind.Failed : OutcomeKind.Succeeded);
        }
        // Its fair share would be 150; without aversion it has most of 3,000.
        Assert.InRange(picked[0], 1, 75);
    }

    [Fact]
    public void A_replica_that_left_the_roster_is_not_picked_by_an_old_answer()
    {
        var stand = Stand(Keeping with { HotQuantile = 0 });
        for (var i = 0; i < 5; i++) stand.Answer(stand[i], i, 1);
        stand.Announce(stand.Replicas[1..]);
        Assert.Same(stand[0], stand.Pick());
        Assert.Equal(TestWorld.Address(2), stand[0].Endpoint);
    }

    [Fact]
    public void Through_a_director_that_probes_it_finds_the_idle_ones()
    {
        var world = new TestWorld(20);
        foreach (var machine in world.Machines.Take(10)) machine.Latency = () => TimeSpan.FromMilliseconds(200);
        var director = world.Director(o => o with { Policy = "prequal", Hedge = false });
        director.ProbeLoad((endpoint, _) => ValueTask.FromResult<LoadReport?>(new LoadReport
        {
            RequestsInFlight = world.Machines.Single(m => m.Endpoint == endpoint).Working,
            Latency = world.Machines.FindIndex(m => m.Endpoint == endpoint) < 10 ? 200 : 20,
        }));
        var tally = world.RunLoad(director, perSecond: 200, seconds: 10);
        Assert.Empty(tally.Errors);
        Assert.InRange(world.Machines.Take(10).Sum(m => m.Received), 0, 100);
    }

    [Fact]
    public void A_parameter_out_of_range_is_refused_by_name()
    {
        var error = Assert.Throws<ArgumentException>(() => new Prequal(new PrequalOptions { PoolSize = 1 }));
        Assert.Equal("PrequalOptions.PoolSize is 1: it must be from 2 to 64.", error.Message);
    }
}
