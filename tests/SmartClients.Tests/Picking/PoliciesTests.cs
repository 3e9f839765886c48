using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

/// <summary>What tells each policy from the others.</summary>
public class PoliciesTests
{
    const double Decay = 5e9;

    readonly Random random = new(1);
    readonly Replica[] replicas = [.. Enumerable.Range(1, 4).Select(i => new Replica(TestWorld.Address(i)))];

    PickContext Context => new()
    {
        Candidates = replicas,
        Random = random,
        Now = Clock.Second,
        Typical = 10e6,
        LatencyDecay = Decay,
        ReportDecay = 2e9,
        MaxWeight = replicas.Max(r => r.Endpoint.Weight),
    };

    int[] Counts(string name, int picks = 10_000)
    {
        var policy = Policies.Find(name);
        var counts = new int[replicas.Length];
        for (var i = 0; i < picks; i++) counts[Array.IndexOf(replicas, policy.Pick(Context))]++;
        return counts;
    }

    void Weigh(params double[] weights)
    {
        for (var i = 0; i < weights.Length; i++) replicas[i].Endpoint = replicas[i].Endpoint with { Weight = weights[i] };
    }

    static void Report(Replica replica, double cpu, long at = Clock.Second) =>
        replica.Learning.Reported(new Evidence(new LoadReport { CpuUtilization = cpu }, ReportSource.Polled, at));

    static void Load(Replica replica, int inFlight)
    {
        for (var i = 0; i < inFlight; i++) replica.Learning.Begin();
    }

    static void Near(int[] counts, params double[] shares)
    {
        for (var i = 0; i < shares.Length; i++) Assert.Equal(shares[i], counts[i] / (double)counts.Sum(), 0.02);
    }

    [Theory]
    [InlineData("random")]
    [InlineData("weighted-random")]
    [InlineData("latency-random")]
    [InlineData("p2c")]
    [InlineData("peak-ewma")]
    [InlineData("blended")]
    [InlineData("least-outstanding")]
    [InlineData("least-loaded")]
    [InlineData("profile")]
    [InlineData("rendezvous")]
    [InlineData("round-robin")]
    [InlineData("weighted-round-robin")]
    [InlineData("prequal")]
    [InlineData("c3")]
    [InlineData("ring-hash")]
    [InlineData("maglev")]
    [InlineData("subset")]
    [InlineData("aperture")]
    [InlineData("zone-aware")]
    [InlineData("join-idle")]
    public void Equals_are_treated_equally(string name) => Near(Counts(name), 0.25, 0.25, 0.25, 0.25);

    [Fact]
    public void Round_robin_takes_each_in_turn_from_a_random_start()
    {
        var policy = new RoundRobin();
        var first = Enumerable.Range(0, 8).Select(_ => policy.Pick(Context)).ToList();
        Assert.Equal(4, first.Take(4).Distinct().Count());
        Assert.Equal(first.Take(4), first.Skip(4));
        Assert.Equal(4, Enumerable.Range(0, 50).Select(_ => new RoundRobin().Pick(Context)).Distinct().Count());
    }

    [Fact]
    public void Weighted_random_follows_the_weights_even_towering_ones()
    {
        Weigh(1, 2, 3, 4);
        Near(Counts("weighted-random"), 0.1, 0.2, 0.3, 0.4);
        Weigh(1e-3, 1e-3, 1e-3, 1e6);
        Assert.Equal(10_000, Counts("weighted-random")[3]);
    }

    [Fact]
    public void Weighted_random_without_the_tall_one_still_follows_the_rest()
    {
        var policy = new WeightedRandom();
        Weigh(1, 3);
        var counts = new int[2];
        for (var i = 0; i < 10_000; i++)
            counts[Array.IndexOf(replicas, policy.Pick(new PickContext { Candidates = replicas.AsSpan(0, 2), Random = random, MaxWeight = 1e6 }))]++;
        Near(counts, 0.25, 0.75);
    }

    [Fact]
    public void Latency_biased_random_is_as_likely_as_fast()
    {
        for (var i = 0; i < 4; i++) replicas[i].Learning.Took(1e6 * (i + 1), Clock.Second, Decay);
        Near(Counts("latency-random"), 0.48, 0.24, 0.16, 0.12);
    }

    [Fact]
    public void Power_of_two_never_takes_the_worst_and_takes_the_best_of_four_half_the_time()
    {
        for (var i = 0; i < 4; i++) Load(replicas[i], i);
        Near(Counts("p2c"), 3 / 6.0, 2 / 6.0, 1 / 6.0, 0);
    }

    [Fact]
    public void Every_pair_is_drawn_as_often()
    {
        var pairs = new Dictionary<(int, int), int>();
        for (var i = 0; i < 12_000; i++)
        {
            var (first, second) = Context.DrawTwo();
            var pair = (Array.IndexOf(replicas, first), Array.IndexOf(replicas, second));
            Assert.NotEqual(pair.Item1, pair.Item2);
            pairs[pair] = pairs.GetValueOrDefault(pair) + 1;
        }
        Assert.Equal(12, pairs.Count);
        Assert.All(pairs.Values, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void Least_outstanding_counts_per_weight()
    {
        Weigh(4, 1, 1, 1);
        Load(replicas[0], 2);
        Load(replicas[1], 0);
        Assert.Equal(10_000, Counts("least-outstanding")[0]);
    }

    [Fact]
    public void Least_loaded_follows_the_reports_and_takes_the_silent_for_half_full()
    {
        Report(replicas[0], 0.9);
        Report(replicas[1], 0.7);
        Report(replicas[2], 0.3);
        Assert.Equal(10_000, Counts("least-loaded")[2]);
        Report(replicas[2], 0.6);
        Assert.Equal(10_000, Counts("least-loaded")[3]);
        Report(replicas[2], 0.3, Clock.Second - 100 * Clock.Second);
        Assert.Equal(0, Counts("least-loaded")[0]);
        Near(Counts("least-loaded"), 0, 0, 0.5, 0.5);
    }

    [Fact]
    public void Peak_ewma_shuns_the_slow()
    {
        for (var i = 0; i < 4; i++) replicas[i].Learning.Took(i == 0 ? 100e6 : 10e6, Clock.Second, Decay);
        Assert.Equal(0, Counts("peak-ewma")[0]);
    }

    [Fact]
    public void A_report_leans_a_cost_by_twice_or_half_at_most_and_less_with_age()
    {
        var costs = new List<double>();
        foreach (var cpu in new[] { 0, 0.5, 1, 50, 1e308 })
        {
            Report(replicas[0], cpu);
            costs.Add(Costs.Blended(replicas[0], Context) / Costs.PeakEwma(replicas[0], Context));
        }
        Assert.Equal([0.5, 1, 2, 2, 2], costs);
        Report(replicas[0], 1, Clock.Second - 2 * Clock.Second);
        Assert.Equal(Math.Pow(2, 1 / Math.E), Costs.Blended(replicas[0], Context) / Costs.PeakEwma(replicas[0], Context), 1e-9);
        Report(replicas[0], 1, Clock.Second - 11 * Clock.Second);
        Assert.Equal(1, Costs.Blended(replicas[0], Context) / Costs.PeakEwma(replicas[0], Context));
    }

    [Fact]
    public void Profile_adds_the_round_trip_and_divides_by_capacity_and_what_is_left_of_it()
    {
        var profile = new Profile();
        Assert.Equal(10e6, profile.Score(replicas[0], Context));
        replicas[0].Endpoint = replicas[0].Endpoint with { Weight = 2, Metadata = new Dictionary<string, string> { ["rtt_ms"] = "30" }.ToFrozen() };
        Assert.Equal(30e6 + 5e6, profile.Score(replicas[0], Context));
        Report(replicas[0], 0.5);
        Assert.Equal(30e6 + 10e6, profile.Score(replicas[0], Context));
        Load(replicas[0], 1);
        Assert.Equal(30e6 + 20e6, profile.Score(replicas[0], Context));
        replicas[1].Endpoint = replicas[1].Endpoint with { Metadata = new Dictionary<string, string> { ["rtt_ms"] = "soon" }.ToFrozen() };
        Assert.Equal(10e6, profile.Score(replicas[1], Context));
    }

    [Fact]
    public void Names_are_in_order_and_make_a_new_policy_each_time()
    {
        Assert.Equal(Policies.Names.Order(StringComparer.Ordinal), Policies.Names);
        Assert.Contains(Policies.Default, Policies.Names);
        Assert.NotSame(Policies.Find("round-robin"), Policies.Find("round-robin"));
        Assert.Throws<ArgumentException>(() => Policies.Find(null!));
    }
}

file static class Freezing
{
    public static System.Collections.Frozen.FrozenDictionary<string, string> ToFrozen(this Dictionary<string, string> from) =>
        System.Collections.Frozen.FrozenDictionary.ToFrozenDictionary(from);
}
