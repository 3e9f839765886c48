using CsCheck;
using SmartClients.Learning;

namespace SmartClients.Tests.Learning;

public class LatencyHistogramTests
{
    [Fact]
    public void Empty_it_knows_nothing()
    {
        var histogram = new LatencyHistogram(0.99);
        Assert.Equal((0, 0L, 0L), (histogram.Samples, histogram.Median, histogram.High));
    }

    [Fact]
    public void A_single_value_is_told_to_an_eighth_the_median_from_below_the_percentile_from_above() =>
        Gen.Long[1024, 120 * Clock.Second].Sample(value =>
        {
            var histogram = new LatencyHistogram(0.99);
            histogram.Add(value);
            return Below(histogram.Median, value) && Above(histogram.High, value);
        });

    [Fact]
    public void Median_and_percentile_agree_with_a_sorted_list() =>
        Gen.Long[2_000, 1_000_000_000].Array[32, 32].Sample(values =>
        {
            var histogram = new LatencyHistogram(0.9);
            foreach (var value in values) histogram.Add(value);
            Array.Sort(values);
            return Below(histogram.Median, values[15]) && Above(histogram.High, values[28]);
        });

    static bool Below(long told, long real) => told <= real && told >= real / 1.1251;

    static bool Above(long told, long real) => told > real && told <= real * 1.1251 + 1;

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(long.MaxValue)]
    public void Impossible_values_fall_into_the_end_buckets(long value)
    {
        var histogram = new LatencyHistogram(0.5);
        histogram.Add(value);
        Assert.InRange(histogram.Median, 1024, 300 * Clock.Second);
    }

    [Fact]
    public void Old_days_fade()
    {
        var histogram = new LatencyHistogram(0.99);
        for (var i = 0; i < 20_000; i++) histogram.Add(100 * Clock.Millisecond);
        for (var i = 0; i < 20_000; i++) histogram.Add(1 * Clock.Millisecond);
        Assert.InRange(histogram.High, Clock.Millisecond, 1.13 * Clock.Millisecond);
        Assert.InRange(histogram.Samples, 1, 2048);
    }

    [Fact]
    public void A_cold_start_is_not_the_99th_percentile_for_long()
    {
        var histogram = new LatencyHistogram(0.99);
        for (var i = 0; i < 40; i++) histogram.Add((150 + i * 2) * Clock.Millisecond);
        for (var i = 0; i < 1500; i++) histogram.Add(Clock.Millisecond);
        Assert.InRange(histogram.High, Clock.Millisecond, 2 * Clock.Millisecond);
    }
}
