using SmartClients.Picking;

namespace SmartClients.Tests.Picking;

public class RecentQuantileTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.5, 64)]
    [InlineData(0.84, 108)]
    [InlineData(1, 128)]
    public void It_is_the_number_of_that_rank(double quantile, double expected)
    {
        var recent = new RecentQuantile(quantile);
        Assert.Equal(double.PositiveInfinity, recent.Value);
        for (var i = 0; i < 112; i++) recent.Add(5000);
        // In an order of no order.
        for (var i = 0; i < 128; i++) recent.Add(1 + i * 37 % 128);
        Assert.Equal(expected, recent.Value);
    }

    [Fact]
    public void Old_numbers_are_forgotten()
    {
        var recent = new RecentQuantile(1);
        recent.Add(1000);
        for (var i = 0; i < 143; i++) recent.Add(3);
        Assert.Equal(3, recent.Value);
    }

    [Fact]
    public void A_portion_gives_whole_times_that_add_up()
    {
        Assert.Equal([2, 3, 2, 3], Enumerable.Repeat(new Portion(2.5), 4).Select(p => p.Next()));
        var third = new Portion(1 / 3.0);
        Assert.Equal(1000, Enumerable.Range(0, 3000).Sum(_ => third.Next()), 1.0);
    }
}
