using CsCheck;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Picking;
using Xunit;

namespace SmartClients.Tests.Picking;

public class HomeTests
{
    const long Now = 1;
    const double Typical = 20;

    // Milliseconds that one request took, 0 for a replica that was never tried, and requests in flight.
    static readonly Gen<(int Took, int InFlight)[]> Some = Gen.Select(Gen.Int[0, 30], Gen.Int[0, 4]).Array[1, Home.Most];

    static Belief[] Beliefs((int Took, int InFlight)[] of, int heaviest) => [.. of.Select((its, i) =>
    {
        var replica = new Replica(new Endpoint("10.0.0." + i, 80) { Weight = 1 + i % heaviest });
        var belief = new Belief(replica);
        if (its.Took > 0) belief.Took(its.Took, Now, Typical);
        for (var n = 0; n < its.InFlight; n++) replica.Learning.Begin();
        return belief;
    })];

    static double Cost(Belief belief) => (belief.Replica.Vitals.InFlight + 1) * belief.Pace(Now, Typical);

    [Fact]
    public void It_gives_each_of_those_who_are_as_good_as_the_best_for_as_much_of_chance_and_nobody_else() => Some.Sample(of =>
    {
        var beliefs = Beliefs(of, heaviest: 3);
        var home = new Home(1, beliefs, isEverybody: true);
        var least = beliefs.Min(Cost);
        var good = beliefs.Where(belief => Cost(belief) <= least * 1.1).ToList();

        var given = Enumerable.Range(0, good.Count).Select(i => home.Best(Now, Typical, (uint)(((ulong)i << 32) / (uint)good.Count) + 1)).ToList();

        Assert.Equal(good, given.Select(its => its.Belief));
        Assert.All(given, its => Assert.Equal(least, its.Cost));
    });

    [Fact]
    public void What_was_measured_since_counts_at_once_and_requests_in_flight_too()
    {
        var beliefs = Beliefs([(10, 0), (20, 0), (30, 0)], heaviest: 1);
        var home = new Home(1, beliefs, isEverybody: true);
        Assert.Same(beliefs[0], home.Best(Now, Typical, 0).Belief);

        beliefs[0].Replica.Learning.Begin();
        Assert.Same(beliefs[1], home.Best(Now, Typical, 0).Belief);

        for (var i = 0; i < 50; i++) beliefs[1].Took(200, Now, Typical);
        Assert.Same(beliefs[2], home.Best(Now, Typical, 0).Belief);
    }

    [Fact]
    public void What_was_measured_long_ago_counts_for_less()
    {
        var beliefs = Beliefs([(10, 0), (10, 0)], heaviest: 1);
        for (var i = 0; i < 50; i++) beliefs[1].Took(1, Now, Typical);
        var home = new Home(1, beliefs, isEverybody: true);
        var then = home.Best(Now, Typical, 0).Cost;
        Assert.Equal(then, home.Best(Now + Belief.Stale - 1, Typical, 0).Cost);
        Assert.InRange(home.Best(Now + 60 * Clock.Second, Typical, 0).Cost, 2 * then, Typical);
    }
}
