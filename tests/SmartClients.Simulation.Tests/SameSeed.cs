using System.Text.Json;

namespace SmartClients.Simulation.Tests;

/// <summary>One seed has one course.</summary>
public class SameSeed
{
    static string Score(Scenario scenario, string policy, long seed) => JsonSerializer.Serialize(Run.Once(scenario, Contender.Named(policy), seed));

    public static TheoryData<string> Shipped => [.. ScenarioReader.Shipped];

    [Theory]
    [MemberData(nameof(Shipped))]
    public void The_same_score_to_the_last_digit(string scenario)
    {
        var day = ScenarioReader.Find(scenario) with { Requests = 20_000, WarmUpS = 1 };
        Assert.Equal(Score(day, "blended", 7), Score(day, "blended", 7));
        Assert.NotEqual(Score(day, "blended", 7), Score(day, "blended", 8));
    }

    [Fact]
    public async Task Whatever_runs_beside_it()
    {
        var day = ScenarioReader.Find("s3-antagonists") with { Requests = 50_000, WarmUpS = 1 };
        var alone = Score(day, "p2c", 3);
        var together = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Task.Run(() => Score(day, i == 0 ? "p2c" : "random", i == 0 ? 3 : i))));
        Assert.Equal(alone, together[0]);
    }
}
