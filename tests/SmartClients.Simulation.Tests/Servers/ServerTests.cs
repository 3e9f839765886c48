using SmartClients.Naming;
using SmartClients.Simulation.Servers;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Tests.Servers;

public class ServerTests
{
    readonly VirtualTime time = new();
    readonly List<(string Name, double Ms)> done = [];

    sealed class Piece(string name, ServerTests test) : Job
    {
        public override void Done() => test.done.Add((name, test.Now));

        public override void Lost() => test.done.Add((name + " lost", test.Now));

        public override void Happen() { }
    }

    double Now => Math.Round((time.Now - VirtualTime.Start) / 1e6, 3);

    Server Serve(int cores, double speed = 1, bool fifo = false) => new(time, 0, new Endpoint("10.0.0.1", 80), cores, speed, fifo);

    Piece Job(string name, double ms) => new(name, this) { Work = ms * 1e6 };

    void At(double ms, Action what) => time.Set(new Occasion(what), VirtualTime.Start + (long)(ms * 1e6));

    void Run()
    {
        while (time.Step()) { }
    }

    [Fact]
    public void One_core_is_shared_by_all_who_are_there()
    {
        var server = Serve(1);
        server.Admit(Job("long", 10));
        At(2, () => server.Admit(Job("short", 3)));
        Run();
        // From 2 on each gets half: the short one is done at 8, when 5 of the long one are left.
        Assert.Equal([("short", 8), ("long", 13)], done);
    }

    [Fact]
    public void No_request_gets_more_than_one_core()
    {
        var server = Serve(4, speed: 2);
        server.Admit(Job("alone", 10));
        Run();
        Assert.Equal([("alone", 5)], done);
    }

    [Fact]
    public void First_come_first_served_waits_for_a_core_of_its_own()
    {
        var server = Serve(1, fifo: true);
        server.Admit(Job("first", 4));
        server.Admit(Job("second", 1));
        server.Admit(Job("third", 1));
        Assert.Equal(3, server.Present);
        Run();
        Assert.Equal([("first", 4), ("second", 5), ("third", 6)], done);
    }

    [Fact]
    public void A_dropped_request_leaves_its_core_to_the_others()
    {
        var server = Serve(1);
        var gone = Job("gone", 10);
        server.Admit(gone);
        server.Admit(Job("stays", 10));
        At(4, () => server.Drop(gone));
        Run();
        Assert.Equal([("stays", 12)], done);
    }

    [Fact]
    public void A_waiting_request_can_be_dropped_too()
    {
        var server = Serve(1, fifo: true);
        var gone = Job("gone", 10);
        server.Admit(Job("first", 4));
        server.Admit(gone);
        server.Admit(Job("third", 1));
        server.Drop(gone);
        Run();
        Assert.Equal([("first", 4), ("third", 5)], done);
    }

    [Fact]
    public void A_change_of_speed_changes_the_rest()
    {
        var server = Serve(1);
        var which = server.AddFactor();
        server.Admit(Job("one", 10));
        At(5, () => server.Slow(which, 0.25));
        At(9, () => server.Slow(which, 0));
        At(20, () => server.Slow(which, 1));
        Run();
        // 5 ms at full speed, 4 ms at a quarter, 11 ms frozen; 4 are left.
        Assert.Equal([("one", 24)], done);
    }

    [Fact]
    public void A_crash_loses_everything_served_and_waiting()
    {
        var server = Serve(1, fifo: true);
        server.Admit(Job("served", 10));
        server.Admit(Job("waiting", 10));
        At(3, server.Crash);
        Run();
        Assert.Equal([("served lost", 3), ("waiting lost", 3)], done);
        Assert.Equal(0, server.Present);
    }

    [Fact]
    public void Busy_time_counts_cores_in_use()
    {
        var server = Serve(4);
        server.Admit(Job("a", 10));
        server.Admit(Job("b", 4));
        Run();
        Assert.Equal(14e6, server.Busy, 1.0);
    }
}
