using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests;

/// <summary>Why this replica: the record of each pick.</summary>
public class DecidedTests
{
    readonly TestWorld world = new(4);
    readonly List<Decision> decisions = [];

    Director Told(Func<DirectorOptions, DirectorOptions>? tweak = null, Policy? policy = null)
    {
        var director = world.Director(tweak, policy);
        director.Decided += decisions.Add;
        return director;
    }

    [Fact]
    public void Every_attempt_is_told_with_its_cause_and_who_was_tried()
    {
        world[0].Fault = () => new IOException("broken");
        world[1].Latency = () => TimeSpan.FromSeconds(3);
        world.Send(Told(policy: new Fixed()), RequestOptions.Hedged);
        Assert.Equal([Cause.First, Cause.Retry, Cause.Hedge], decisions.Select(d => d.Cause));
        Assert.Equal([1, 2, 3], decisions.Select(d => d.Attempt));
        Assert.Equal(["10.0.0.1:80", "10.0.0.2:80", "10.0.0.3:80"], decisions.Select(d => d.Chosen.Address));
        Assert.Equal(["tried", "tried", null, null], decisions[2].Candidates.Select(c => c.Excluded));
        Assert.Equal([0, 1, 0, 0], decisions[2].Candidates.Select(c => c.InFlight));
    }

    [Fact]
    public void Scores_ages_and_budgets_are_those_that_were()
    {
        var director = Told(o => o with { Policy = "blended" });
        world.Send(director);
        Assert.All(decisions[0].Candidates, c => Assert.Null(c.LatencyAge));
        director.Report(world[2].Endpoint.Address, new LoadReport { CpuUtilization = 1 }, ReportSource.Pushed);
        world.Run(2);
        decisions.Clear();
        world.Send(director);
        var record = decisions.Single();
        var asked = record.Candidates.Single(c => c.LatencyAge is not null);
        Assert.Equal(2, asked.LatencyAge!.Value.TotalSeconds, 0.01);
        Assert.Equal(20, asked.Latency.TotalMilliseconds, 3.0);
        Assert.Equal(TimeSpan.FromSeconds(2), record.Candidates[2].ReportAge);
        Assert.True(record.Candidates[2].Score > record.Candidates[3].Score);
        Assert.Equal((100.4, 50.1), (record.RetriesLeft, record.HedgesLeft));
    }

    [Fact]
    public void Who_is_out_is_told_with_the_reason()
    {
        world[0].Fault = () => new IOException("broken");
        var director = Told(o => o with { Policy = "random" });
        do world.Send(director);
        while (director.Members[0].State == ReplicaState.Up);
        decisions.Clear();
        world.Send(director);
        Assert.Equal((ReplicaState.Ejected, "5 failures in a row"), (decisions[0].Candidates[0].State, decisions[0].Candidates[0].Excluded));
    }

    [Fact]
    public void A_listener_that_throws_leaves_nothing_in_flight()
    {
        var director = world.Director();
        director.Decided += _ => throw new InvalidOperationException("a bug");
        Assert.Throws<InvalidOperationException>(() => world.Send(director));
        Assert.All(director.Members, m => Assert.Equal(0, m.InFlight));
    }
}
