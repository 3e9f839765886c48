using CsCheck;
using SmartClients.Learning;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

public class WeightedRoundRobinTests
{
    static Stand Stand(int replicas) => new(new WeightedRoundRobin(), replicas);

    /// <summary>Reports that come to these weights, long enough ago to count.</summary>
    static void Weigh(Stand stand, params double[] weights)
    {
        for (var i = 0; i < weights.Length; i++) stand.Report(stand[i], new LoadReport { RequestsPerSecond = weights[i] * 0.5, ApplicationUtilization = 0.5 });
        stand.Now += 10 * Clock.Second;
        stand.Observe(stand[0]);
    }

    [Fact]
    public void Over_a_whole_period_each_is_taken_exactly_as_often_as_its_weight_says() =>
        Gen.Double[1, 9].Array[2, 12].Sample(weights =>
        {
            var stand = Stand(weights.Length);
            Weigh(stand, weights);
            var heaviest = weights.Max();
            var strides = weights.Select(w => (int)Math.Round(65_535 * w / heaviest)).ToArray();
            return stand.Counts(strides.Sum()).SequenceEqual(strides);
        }, iter: 10);

    [Fact]
    public void Turns_of_one_replica_lie_evenly()
    {
        var stand = Stand(4);
        Weigh(stand, 4, 2, 1, 1);
        var gaps = new List<int>();
        for (var (i, last) = (0, -1); i < 8_000; i++)
        {
            if (stand.Pick() != stand[0]) continue;
            if (last >= 0) gaps.Add(i - last);
            last = i;
        }
        Assert.InRange(gaps.Max(), 2, 4);
    }

    [Fact]
    public void Errors_count_as_utilization()
    {
        var stand = Stand(2);
        stand.Report(stand[0], new LoadReport { RequestsPerSecond = 100, CpuUtilization = 0.5 });
        stand.Report(stand[1], new LoadReport { RequestsPerSecond = 100, CpuUtilization = 0.5, ErrorsPerSecond = 50 });
        stand.Now += 10 * Clock.Second;
        stand.Observe(stand[0]);
        var counts = stand.Counts(30_000);
        Assert.Equal(2, counts[0] / (double)counts[1], 0.01);
    }

    [Fact]
    public void Below_two_reporters_and_during_the_blackout_it_is_a_round_robin()
    {
        var stand = Stand(4);
        stand.Report(stand[0], new LoadReport { RequestsPerSecond = 1000, CpuUtilization = 0.1 });
        stand.Now += 11 * Clock.Second;
        stand.Observe(stand[0]);
        Assert.Equal([25, 25, 25, 25], stand.Counts(100));
        stand.Report(stand[1], new LoadReport { RequestsPerSecond = 10, CpuUtilization = 0.1 });
        stand.Now += 9 * Clock.Second;
        stand.Observe(stand[0]);
        Assert.Equal([25, 25, 25, 25], stand.Counts(100));
        stand.Now += 2 * Clock.Second;
        stand.Observe(stand[0]);
        Assert.NotEqual([25, 25, 25, 25], stand.Counts(100));
    }

    [Fact]
    public void Who_says_nothing_gets_the_mean_and_weights_expire()
    {
        var stand = Stand(3);
        Weigh(stand, 3, 1);
        var counts = stand.Counts(60_000);
        Assert.Equal([0.5, 1 / 6.0, 1 / 3.0], counts.Select(n => n / 60_000.0), (a, b) => Math.Abs(a - b) < 0.002);
        stand.Now += 180 * Clock.Second;
        stand.Observe(stand[0]);
        Assert.Equal([10, 10, 10], stand.Counts(30));
        // After that, the blackout holds again.
        Weigh(stand, 3, 1);
        Assert.NotEqual([10, 10, 10], stand.Counts(30));
    }

    [Fact]
    public void No_weight_is_beyond_ten_times_the_mean_or_a_tenth_of_it()
    {
        var stand = Stand(100);
        Weigh(stand, [.. Enumerable.Range(0, 100).Select(i => i == 0 ? 1e6 : 1)]);
        var counts = stand.Counts(110_000);
        Assert.InRange(counts[0] / (double)counts.Sum(), 10 / 19.9 * 0.98, 10 / 19.9 * 1.02);
        Assert.All(counts[1..], n => Assert.True(n > 0));
    }

    [Fact]
    public void Reports_without_rate_or_utilization_give_no_weight()
    {
        var stand = Stand(2);
        foreach (var replica in stand.Replicas)
        {
            stand.Report(replica, new LoadReport { RequestsPerSecond = 100 });
            stand.Report(replica, new LoadReport { CpuUtilization = 0.4 });
            stand.Report(replica, new LoadReport { RequestsPerSecond = 1e12, CpuUtilization = 1e-308 });
        }
        stand.Now += 11 * Clock.Second;
        stand.Observe(stand[0]);
        Assert.All(stand.Replicas, r => Assert.True(double.IsNaN(stand.Score(r))));
    }
}
