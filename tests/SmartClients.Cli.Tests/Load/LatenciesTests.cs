using SmartClients.Cli.Load;
using Xunit;

namespace SmartClients.Cli.Tests.Load;

public class LatenciesTests
{
    [Fact]
    public void Quantiles_are_within_two_percent_and_the_longest_is_exact()
    {
        var latencies = new Latencies();
        for (var i = 1; i <= 100_000; i++) latencies.Add(TimeSpan.FromMicroseconds(i));

        Assert.InRange(latencies.QuantileMs(0.5)!.Value, 50 * 0.98, 50 * 1.02);
        Assert.InRange(latencies.QuantileMs(0.99)!.Value, 99 * 0.98, 99 * 1.02);
        Assert.Equal(100, latencies.LongestMs);
        Assert.Equal(100, latencies.QuantileMs(1));
        Assert.Equal(100_000, latencies.Count);
    }

    [Fact]
    public void Small_ones_are_exact_and_none_have_no_quantile()
    {
        var latencies = new Latencies();
        Assert.Null(latencies.QuantileMs(0.5));

        foreach (var microseconds in (int[])[3, 5, 7]) latencies.Add(TimeSpan.FromMicroseconds(microseconds));

        Assert.Equal(0.005, latencies.QuantileMs(0.5));
        Assert.Equal(0.007, latencies.LongestMs);
    }

    [Fact]
    public void Even_days_have_a_place()
    {
        var latencies = new Latencies();
        latencies.Add(TimeSpan.FromDays(300));
        latencies.Add(TimeSpan.FromTicks(-5));

        Assert.Equal(0, latencies.QuantileMs(0.5));
        Assert.Equal(TimeSpan.FromDays(300).TotalMilliseconds, latencies.QuantileMs(1));
    }
}
