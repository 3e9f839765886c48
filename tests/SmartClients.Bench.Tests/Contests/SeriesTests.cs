using SmartClients.Bench.Contests;
using SmartClients.Bench.Plays;
using SmartClients.Simulation;

namespace SmartClients.Bench.Tests.Contests;

public class SeriesTests
{
    [Fact]
    public void Each_round_is_another_day_and_the_same_for_everybody()
    {
        var series = new Series(ScenarioReader.Find("s1-homogeneous"), new Size(4, 4, 100, 5, WorkKind.Sleep), Seed: 3);
        var cancel = TestContext.Current.CancellationToken;
        Assert.Equal(series.Round(2, cancel).Requests, series.Round(2, cancel).Requests);
        Assert.NotEqual(series.Round(1, cancel).Requests, series.Round(2, cancel).Requests);
        Assert.Equal((series with { Seed = 4 }).Round(1, cancel).Requests, series.Round(2, cancel).Requests);
    }
}
