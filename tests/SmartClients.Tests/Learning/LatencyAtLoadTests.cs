using SmartClients.Learning;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Learning;

public class LatencyAtLoadTests
{
    readonly VirtualTime time = new();
    readonly LatencyAtLoad latencies;

    public LatencyAtLoadTests() => latencies = new LatencyAtLoad(time);

    void Add(int inFlight, double milliseconds, int times = 1, bool well = true)
    {
        for (var i = 0; i < times; i++) latencies.Add(inFlight, TimeSpan.FromMilliseconds(milliseconds), well);
    }

    [Fact]
    public void Nothing_is_told_before_anything_is_known() => Assert.Null(latencies.Estimate(3));

    [Fact]
    public void It_is_the_median_at_the_load_of_now()
    {
        Add(2, 10, times: 20);
        Add(40, 200, times: 20);
        Assert.Equal(10, latencies.Estimate(2));
        Assert.Equal(200, latencies.Estimate(41));
        Add(2, 1000, times: 7);
        Assert.Equal(10, latencies.Estimate(2));
    }

    [Fact]
    public void A_server_that_has_become_idle_does_not_tell_what_it_took_when_it_was_full()
    {
        Add(0, 5, times: 16);
        Add(60, 900, times: 10_000);
        Assert.Equal(5, latencies.Estimate(0));
    }

    [Fact]
    public void Where_a_load_is_new_the_nearest_are_asked()
    {
        Add(10, 30, times: 16);
        Add(30, 90, times: 16);
        Assert.Equal(30, latencies.Estimate(12));
        Assert.Equal(90, latencies.Estimate(28));
        Assert.Equal(90, latencies.Estimate(1_000_000));
        Add(1_000_000, 7, times: 16);
        Assert.Equal(7, latencies.Estimate(int.MaxValue));
    }

    [Fact]
    public void What_is_old_is_forgotten()
    {
        Add(0, 900, times: 16);
        time.Run(TimeSpan.FromSeconds(10.1));
        Assert.Null(latencies.Estimate(0));
        Add(3, 8);
        Assert.Equal(8, latencies.Estimate(0));
    }

    [Fact]
    public void What_was_not_carried_out_may_raise_the_estimate_and_never_lowers_it()
    {
        Add(1, 10, times: 16);
        Add(1, 0.1, times: 100, well: false);
        Assert.Equal(10, latencies.Estimate(1));
        Add(1, 2000, times: 16, well: false);
        Assert.Equal(2000, latencies.Estimate(1));
    }
}
