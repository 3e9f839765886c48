using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Conditions;

/// <summary>Three replicas, one always fails, 1,200 requests at 20 a second, every option at its default.</summary>
public class OneBadOfThree
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void All_of_1200_succeed_and_the_bad_one_gets_under_two_percent(int seed)
    {
        var world = new TestWorld(3, seed);
        world[0].Latency = () => TimeSpan.FromMilliseconds(1);
        world[0].Fault = () => new RequestException("HTTP 500");
        var tally = world.RunLoad(world.Director(), perSecond: 20, seconds: 60);
        Assert.Equal(1200, tally.Succeeded);
        Assert.Empty(tally.Errors);
        Assert.InRange(world[0].Received, 1, 1200 * 0.02);
    }
}
