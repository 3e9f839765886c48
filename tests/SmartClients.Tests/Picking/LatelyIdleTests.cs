using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

/// <summary>What the default policy makes of a reply that says that its replica has nothing else to do.</summary>
public class LatelyIdleTests
{
    const int Size = 20;
    const int Rounds = 60;

    readonly Stand stand = new(new Adaptive(), Size);

    // All as quick as each other, and in use by others.
    public LatelyIdleTests()
    {
        for (var n = 0; n < 20; n++)
            foreach (var replica in stand.Replicas)
            {
                stand.Observe(replica);
                Tells(replica, inFlight: 3);
            }
    }

    void Tells(Replica replica, double inFlight, ReportSource source = ReportSource.PiggyBacked) => stand.Report(replica, new LoadReport { RequestsInFlight = inFlight }, source);

    /// <summary>How often the next pick is the one that was told.</summary>
    int Taken(Action<Replica> told) => Enumerable.Range(0, Rounds).Count(round =>
    {
        var replica = stand[round % Size];
        told(replica);
        return stand.Pick() == replica;
    });

    // By chance it is one in twenty.
    static void Seldom(int taken) => Assert.InRange(taken, 0, 12);

    [Fact]
    public void The_next_request_goes_there_and_no_other()
    {
        Assert.Equal(Rounds, Taken(replica => Tells(replica, inFlight: 0)));
        Tells(stand[3], inFlight: 0);
        Assert.Same(stand[3], stand.Pick());
        Assert.InRange(Enumerable.Range(0, 200).Count(_ => stand.Pick() == stand[3]), 0, 30);
    }

    [Fact]
    public void The_latest_of_several_comes_first()
    {
        int[] order = [4, 9, 2];
        foreach (var at in order)
        {
            Tells(stand[at], inFlight: 0);
            stand.Now += Clock.Millisecond;
        }
        Assert.Equal(order.Reverse().Select(at => stand[at]), order.Select(_ => stand.Pick()));
    }

    [Fact]
    public void Not_where_it_is_slower_or_fails()
    {
        foreach (var replica in stand.Replicas[10..])
        {
            for (var n = 0; n < 20; n++) stand.Observe(replica, milliseconds: 25);
            Tells(replica, inFlight: 0);
            Assert.NotSame(replica, stand.Pick());
        }
        stand.Observe(stand[1], OutcomeKind.Failed);
        Tells(stand[1], inFlight: 0);
        Assert.NotSame(stand[1], stand.Pick());
    }

    [Fact]
    public void Not_once_it_is_older_than_some_requests() => Seldom(Taken(replica =>
    {
        Tells(replica, inFlight: 0);
        stand.Now += 110 * Clock.Millisecond;
    }));

    [Fact]
    public void Not_once_it_has_told_otherwise() => Seldom(Taken(replica =>
    {
        Tells(replica, inFlight: 0);
        Tells(replica, inFlight: 1);
    }));

    [Fact]
    public void Not_where_one_s_own_request_is_still_there()
    {
        stand[5].Learning.Begin();
        Tells(stand[5], inFlight: 0);
        Assert.NotSame(stand[5], stand.Pick());
    }

    [Fact]
    public void Not_who_has_left()
    {
        Tells(stand[5], inFlight: 0);
        var left = stand[5];
        stand.Announce([.. stand.Replicas.Where(replica => replica != left)]);
        Tells(left, inFlight: 0);
        Assert.DoesNotContain(left, Enumerable.Range(0, 50).Select(_ => stand.Pick()));
    }

    // All clients hear it at once, and would all come.
    [Fact]
    public void Not_what_was_told_to_everybody() => Seldom(Taken(replica => Tells(replica, inFlight: 0, ReportSource.Pushed)));

    [Fact]
    public void Who_is_alone_spreads_its_requests_evenly()
    {
        for (var n = 0; n < 300; n++) Tells(stand[n % Size], inFlight: 0);
        var counts = new Dictionary<Replica, int>();
        for (var n = 0; n < 2_000; n++)
        {
            var replica = stand.Pick();
            counts[replica] = counts.GetValueOrDefault(replica) + 1;
            Tells(replica, inFlight: 0);
        }
        Assert.InRange(counts.Values.Max(), 100, 300);
    }
}
