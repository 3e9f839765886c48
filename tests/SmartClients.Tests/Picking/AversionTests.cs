using SmartClients.Picking;

namespace SmartClients.Tests.Picking;

public class AversionTests
{
    Aversion aversion;

    [Fact]
    public void Successes_alone_leave_it_at_one()
    {
        for (var i = 0; i < 100; i++) aversion.Observe(failed: false, i * Clock.Second);
        Assert.Equal(1, aversion.Factor(200 * Clock.Second));
    }

    [Fact]
    public void It_rises_with_the_share_of_failures_and_fades()
    {
        aversion.Observe(failed: true, Clock.Second);
        Assert.Equal(5, aversion.Factor(Clock.Second), 0.01);
        for (var i = 0; i < 50; i++) aversion.Observe(failed: true, Clock.Second);
        Assert.Equal(21, aversion.Factor(Clock.Second), 0.01);
        Assert.Equal(1 + 20 / Math.E, aversion.Factor(6 * Clock.Second), 0.05);
        Assert.Equal(1, aversion.Factor(100 * Clock.Second), 0.01);
        for (var i = 0; i < 60; i++) aversion.Observe(failed: false, Clock.Second);
        Assert.Equal(1, aversion.Factor(Clock.Second));
    }
}
