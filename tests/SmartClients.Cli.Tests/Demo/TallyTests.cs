using SmartClients.Cli.Demo;
using Xunit;

namespace SmartClients.Cli.Tests.Demo;

public class TallyTests
{
    [Fact]
    public void A_request_under_way_when_something_happens_counts_with_it()
    {
        var tally = new Tally { Phase = Phase.Kill };

        tally.Answered("a:1", Phase.Steady, TimeSpan.FromMilliseconds(40), right: true);
        tally.Answered("a:1", Phase.Kill, TimeSpan.FromMilliseconds(5), right: false);
        tally.Failed(Phase.Kill, TimeSpan.FromMilliseconds(7), "gone");
        tally.Failed(Phase.Kill, TimeSpan.FromMilliseconds(7), "gone too");

        Assert.Equal((40, 40), (tally.LongestMs(Phase.Kill), tally.LongestMs(Phase.Steady)));
        Assert.Equal((4, 2, 1, "gone"), (tally.All.Count, tally.Lost, tally.Corrupt, tally.FirstLoss));
        Assert.Equal(2, tally.Of("a:1").Count);
        Assert.Equal(40, tally.Of("a:1").Quantiles().P50Ms);
    }
}
