using SmartClients.Learning;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>The four ways in which load is learnt (§3.1.2 of the paper), and what a director tells of itself.</summary>
public class SignalsTests
{
    readonly TestWorld world = new(3);

    static LoadReport Cpu(double share) => new() { CpuUtilization = share };

    Director Ready(Func<DirectorOptions, DirectorOptions>? tweak = null)
    {
        var director = world.Director(tweak);
        world.Time.Run(director.ReadyAsync(CancellationToken.None).AsTask());
        return director;
    }

    Evidence? Evidence(Director director, int i) => director.Members[i].Evidence;

    [Fact]
    public void Observed() => Assert.Equal(20, Observe().TotalMilliseconds, 0.001);

    TimeSpan Observe()
    {
        var director = Ready();
        world.Send(director);
        return director.Members.Single(m => m.Latency is not null).Latency!.Value;
    }

    [Fact]
    public void Polled()
    {
        var director = Ready();
        director.PollLoad(TimeSpan.FromSeconds(2), (e, _) => ValueTask.FromResult<LoadReport?>(
            e == world[0].Endpoint ? Cpu(0.9) : e == world[1].Endpoint ? new LoadReport() : null));
        world.Run(2);
        Assert.Equal((0.9, ReportSource.Polled), (Evidence(director, 0)!.Report.CpuUtilization, Evidence(director, 0)!.Source));
        Assert.Null(Evidence(director, 1));
        Assert.Null(Evidence(director, 2));
    }

    [Fact]
    public void A_poll_that_fails_or_hangs_harms_nobody_and_is_made_again()
    {
        var director = Ready();
        var asked = new int[3];
        director.PollLoad(TimeSpan.FromSeconds(1), (e, _) => (asked[world.Machines.FindIndex(m => m.Endpoint == e)]++, e.Host) switch
        {
            (_, "10.0.0.1") => throw new IOException("refused"),
            (_, "10.0.0.2") => new ValueTask<LoadReport?>(new TaskCompletionSource<LoadReport?>().Task),
            _ => ValueTask.FromResult<LoadReport?>(Cpu(0.1)),
        });
        world.Run(20);
        Assert.InRange(asked[0], 19, 20);
        Assert.InRange(asked[1], 9, 11);
        Assert.NotNull(Evidence(director, 2));
        Assert.All(director.Members, m => Assert.Equal(0, m.Failures));
    }

    [Fact]
    public void Pushed()
    {
        var director = Ready();
        Assert.True(director.Report(world[1].Endpoint.Address, Cpu(0.4), ReportSource.Pushed));
        Assert.False(director.Report("10.9.9.9:80", Cpu(0.4), ReportSource.Pushed));
        world.Run(3);
        Assert.Equal(ReportSource.Pushed, Evidence(director, 1)!.Source);
        Assert.Equal(TimeSpan.FromSeconds(3), director.Members[1].EvidenceAge);
    }

    [Fact]
    public void Piggy_backed()
    {
        var director = Ready();
        var request = new JudgedRequest((_, _) => ValueTask.FromResult("200"), _ => Outcome.Success with { Report = Cpu(0.7) }, []);
        world.Send(director, request, RequestOptions.Default);
        var evidence = Assert.Single(director.Members, m => m.Evidence is not null).Evidence!;
        Assert.Equal((0.7, ReportSource.PiggyBacked), (evidence.Report.CpuUtilization, evidence.Source));
    }

    [Fact]
    public void A_full_host_gets_less_and_a_stuck_report_fades()
    {
        var director = Ready(o => o with { Policy = "least-loaded" });
        foreach (var machine in world.Machines) director.Report(machine.Endpoint.Address, Cpu(machine == world[0] ? 1 : 0.2), ReportSource.Pushed);
        world.RunLoad(director, 100, 1);
        Assert.Equal(0, world[0].Received);
        world.Run(20);
        world.RunLoad(director, 100, 3);
        Assert.InRange(world[0].Received, 60, 140);
    }

    [Fact]
    public void A_changed_weight_counts_at_once()
    {
        var director = Ready(o => o with { Policy = "weighted-random" });
        director.GroupChanged(new MemberSet([world[0].Endpoint with { Weight = 8 }, world[1].Endpoint, world[2].Endpoint], "reply"));
        world.RunLoad(director, 1000, 2);
        Assert.InRange(world[0].Received, 1500, 1700);
        Assert.Equal("reply", director.Membership.Source);
    }

    [Fact]
    public void What_is_believed_is_told()
    {
        world[0].Fault = () => new IOException("broken");
        var director = Ready(o => o with { Policy = "round-robin" });
        world.RunLoad(director, 10, 3);
        var bad = director.Members[0];
        Assert.Equal((world[0].Received, world[0].Received, 0), (bad.Requests, bad.Failures, bad.InFlight));
        Assert.Equal(world.Received, director.Members.Sum(m => m.Requests));
        Assert.NotEmpty(bad.Cause);
        Assert.Equal(("list", TimeSpan.FromSeconds(3)), (director.Membership.Source, TimeSpan.FromSeconds(Math.Round(director.Membership.Age.TotalSeconds))));
    }

    [Fact]
    public void A_name_opens_a_director()
    {
        var director = Director.For("list:a:1,b:2");
        Assert.Equal("list:a:1,b:2", director.Name);
        Assert.Throws<FormatException>(() => Director.For("quotes"));
        Assert.Throws<ArgumentOutOfRangeException>(() => director.PollLoad(TimeSpan.Zero, (_, _) => default));
    }
}
