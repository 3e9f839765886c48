using SmartClients.Candidates;
using SmartClients.Membership;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Candidates;

public class SlowStartTests
{
    [Theory]
    [InlineData(-5, 0.1)]
    [InlineData(0, 0.1)]
    [InlineData(5, 0.55)]
    [InlineData(9.999, 0.99991)]
    [InlineData(10, 1)]
    [InlineData(1000, 1)]
    public void Grows_evenly_from_a_tenth(double seconds, double share) =>
        Assert.Equal(share, SlowStart.Share(0, (long)(seconds * 1e9), 10 * Clock.Second), 1e-9);

    [Fact]
    public void Zero_is_at_once() => Assert.Equal(1, SlowStart.Share(5, 5, 0));

    [Fact]
    public void Only_the_warming_are_thinned()
    {
        var replica = new Replica(TestWorld.Address(1));
        var random = new Random(7);
        replica.Standing.Become(ReplicaState.Up, 1);
        Assert.True(Enumerable.Range(0, 1000).All(_ => SlowStart.Admits(replica, 1, Clock.Second, random)));
        replica.Standing.Become(ReplicaState.Warming, 1);
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => SlowStart.Admits(replica, 1, Clock.Second, random)), 900, 1100);
    }
}
