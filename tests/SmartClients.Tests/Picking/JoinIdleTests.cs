using SmartClients.Learning;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

public class JoinIdleTests
{
    readonly Stand stand = new(new JoinIdle(new RoundRobin()), 6);

    void Says(int replica, double inFlight) => stand.Report(stand[replica], new LoadReport { RequestsInFlight = inFlight }, ReportSource.Pushed);

    [Fact]
    public void Who_has_been_idle_longest_is_picked_and_each_once()
    {
        foreach (var replica in new[] { 4, 2, 5 }) Says(replica, 0);
        Assert.Equal([stand[4], stand[2], stand[5]], Enumerable.Range(0, 3).Select(_ => stand.Pick()));
        // Nobody is idle: the other policy, which takes each in turn.
        Assert.Equal(6, Enumerable.Range(0, 6).Select(_ => stand.Pick()).Distinct().Count());
    }

    [Fact]
    public void To_say_it_again_is_not_to_stand_in_line_twice()
    {
        for (var i = 0; i < 5; i++) Says(1, 0);
        Says(3, 0);
        Assert.Equal([stand[1], stand[3]], Enumerable.Range(0, 2).Select(_ => stand.Pick()));
    }

    [Fact]
    public void Who_has_got_work_since_is_passed_over()
    {
        Says(0, 0);
        Says(1, 0);
        Says(2, 0);
        Says(0, 2);
        stand[1].Learning.Begin();
        Assert.Same(stand[2], stand.Pick());
        Says(0, 0);
        Assert.Same(stand[0], stand.Pick());
    }

    [Fact]
    public void Who_has_left_the_roster_or_was_tried_is_not_picked()
    {
        Says(0, 0);
        Says(1, 0);
        Assert.Same(stand[1], stand.PickFrom(stand.Replicas[1..]));
        Says(2, 0);
        var left = stand[2];
        stand.Announce([.. stand.Replicas.Where(r => r != left)]);
        Assert.All(Enumerable.Range(0, 20), _ => Assert.NotSame(left, stand.Pick()));
    }

    [Fact]
    public void Through_a_director_whose_servers_call_back_no_request_meets_another()
    {
        var world = new TestWorld(8);
        var director = world.Director(o => o with { Policy = "join-idle", Hedge = false });
        world.Time.Run(director.ReadyAsync(CancellationToken.None).AsTask());
        foreach (var machine in world.Machines) Call(machine);
        world.RunLoad(director, perSecond: 250, seconds: 5);
        // Five of eight are busy on average: somebody is always idle.
        Assert.All(world.Machines, m => Assert.Equal(1, m.MostWorking));

        void Call(Machine machine)
        {
            ITimer? timer = null;
            timer = world.Time.CreateTimer(_ =>
            {
                director.Report(machine.Endpoint.Address, new LoadReport { RequestsInFlight = machine.Working }, ReportSource.Pushed);
                timer!.Change(TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
            }, null, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        }
    }
}
