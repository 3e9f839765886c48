using SmartClients.Bench.Load;

namespace SmartClients.Bench.Tests.Load;

public class LoadResultTests
{
    [Fact]
    public void Percentiles_are_latencies_that_a_share_did_not_exceed()
    {
        var result = LoadResult.Of([.. Enumerable.Range(1, 1000).Reverse().Select(i => new Sent(i, i / 1000.0, null))]);
        Assert.Equal((500, 900, 990, 999, 500.5), (result.P50Ms, result.P90Ms, result.P99Ms, result.P999Ms, result.MeanMs));
        Assert.Equal(0.99, result.LateP99Ms);
        Assert.Equal((1000, 0), (result.Requests, result.Errors));
    }

    [Fact]
    public void None_is_nothing_to_fail_over() => Assert.Equal(0, LoadResult.Of([]).P99Ms);
}
