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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void So_they_do_when_the_failure_is_an_answer_and_comes_at_once(int seed)
    {
        var world = new TestWorld(3, seed);
        var director = world.Director();
        var (good, bad) = (0, 0);
        for (var i = 0; i < 1200; i++)
        {
            var request = new JudgedRequest(
                (a, _) => ValueTask.FromResult(a.Endpoint == world[0].Endpoint ? $"500 {++bad}" : "200"), JudgedRequest.LikeHttp, []);
            if (world.Send(director, request, RequestOptions.Hedged) == "200") good++;
            world.Run(0.05);
        }
        Assert.Equal(1200, good);
        Assert.InRange(bad, 1, 1200 * 0.02);
    }
}
