using SmartClients.Simulation.Scoring;

namespace SmartClients.Simulation.Tests;

/// <summary>What others have published, with its own settings.</summary>
public class Published
{
    // linkerd, "Beyond round robin" (2016): shares of requests above a second were about 5 %, 0.1 to 1 %, and 0.01 to 0.1 %.
    static Score Linkerd(string policy) => Run.Once(
        ScenarioReader.Find("linkerd"), Contender.Named(policy) with { Options = o => o with { LatencyDecay = TimeSpan.FromSeconds(10) } });

    [Fact]
    public void Linkerds_shares_above_a_second()
    {
        Assert.InRange(Linkerd("round-robin").ShareAbove(1000), 0.044, 0.047);
        Assert.InRange(Linkerd("least-outstanding").ShareAbove(1000), 0.001, 0.01);
        Assert.InRange(Linkerd("peak-ewma").ShareAbove(1000), 0.0001, 0.001);
    }

    // Dean and Barroso, "The Tail at Scale": few more requests take most of the tail away.
    [Fact]
    public void A_hedge_takes_the_tail_away_for_a_few_more_requests()
    {
        var day = ScenarioReader.Find("tail-at-scale") with { Requests = 200_000 };
        var with = Run.Once(day, Contender.Named("p2c"));
        var without = Run.Once(day with { Clients = day.Clients with { Hedging = false } }, Contender.Named("p2c"));
        Assert.True(with.P999Ms < without.P999Ms / 5, $"{with.P999Ms} ms with, {without.P999Ms} ms without");
        Assert.InRange((double)with.Hedges / with.Requests, 0.001, 0.05);
        Assert.Equal(0, without.Hedges);
    }
}
