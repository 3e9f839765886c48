using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Tests.World;

namespace SmartClients.Tests.Picking;

/// <summary>What a policy is told beside its picks: who may be picked, how attempts ended, what replicas report.</summary>
public class PolicySeamTests
{
    readonly TestWorld world = new(3);
    readonly Curious policy = new();

    string[] Addresses(params IEnumerable<int> which) => [.. which.Select(i => world[i].Endpoint.Address)];

    [Fact]
    public void The_roster_is_told_before_the_first_pick_and_whenever_others_may_be_picked()
    {
        var director = world.Director(o => o with { Zone = "a", SlowStart = TimeSpan.Zero }, policy, new StaticNames(world.Members(0, 1).Endpoints));
        world.Send(director);
        Assert.Equal(Addresses(0, 1), policy.Rosters[0].Candidates);
        Assert.Equal((1, "a"), (policy.Rosters[0].Version, policy.Rosters[0].Zone));
        Assert.Equal((2, 1), policy.Picks[^1]);
        director.GroupChanged(world.Members(0, 1));
        world.Send(director);
        Assert.Single(policy.Rosters);
        director.GroupChanged(world.Members(2, 1, 0));
        world.Send(director);
        Assert.Equal(Addresses(2, 1, 0), policy.Rosters[^1].Candidates);
        Assert.Equal((3, policy.Rosters[^1].Version), policy.Picks[^1]);
    }

    [Fact]
    public void An_ejected_replica_leaves_the_roster_and_comes_back_to_it()
    {
        world[0].Fault = () => new IOException("broken");
        var director = world.Director(o => o with { SlowStart = TimeSpan.Zero }, policy);
        for (var i = 0; i < 5; i++) world.Send(director);
        Assert.Equal(Addresses(1, 2), policy.Rosters[^1].Candidates);
        world[0].Fault = () => null;
        world.Run(2);
        world.Send(director);
        world.Send(director);
        Assert.Equal(Addresses(0, 1, 2), policy.Rosters[^1].Candidates);
        Assert.Equal(policy.Rosters.Select(r => r.Version).Order().Distinct(), policy.Rosters.Select(r => r.Version));
    }

    [Fact]
    public void A_retry_is_picked_for_from_a_list_of_its_own()
    {
        world[0].Fault = () => new IOException("broken");
        var director = world.Director(policy: policy);
        world.Send(director);
        Assert.Equal([(3, 1), (2, 0)], policy.Picks);
        world.Send(director, new RequestOptions { LeaveOut = e => e == world[1].Endpoint });
        Assert.Equal((2, 0), policy.Picks[2]);
    }

    [Fact]
    public void Each_attempt_is_observed_once_it_has_ended()
    {
        world[0].Fault = () => new IOException("broken");
        world[1].Latency = () => TimeSpan.FromMilliseconds(7);
        var director = world.Director(policy: policy);
        world.Send(director);
        Assert.Equal(
            [(world[0].Endpoint, OutcomeKind.Failed, 20), (world[1].Endpoint, OutcomeKind.Succeeded, 7)],
            policy.Ended.Select(e => (e.Replica.Endpoint, e.Kind, (int)Math.Round(e.Milliseconds))));
    }

    [Fact]
    public void Every_report_is_passed_on_whichever_way_it_came()
    {
        var director = world.Director(policy: policy);
        var request = new JudgedRequest((_, _) => ValueTask.FromResult("200"), _ => Outcome.Success with { Report = new LoadReport { CpuUtilization = 0.7 } }, []);
        world.Send(director, request);
        director.Report(world[1].Endpoint.Address, new LoadReport { CpuUtilization = 0.2 }, ReportSource.Pushed);
        Assert.Equal([(0.7, ReportSource.PiggyBacked), (0.2, ReportSource.Pushed)], policy.Reports.Select(r => (r.Evidence.Report.CpuUtilization!.Value, r.Evidence.Source)));
        Assert.All(policy.Reports, r => Assert.Same(r.Evidence, r.Replica.Vitals.Evidence));
    }

    [Fact]
    public void Affinity_passes_everything_on_to_the_policy_under_it()
    {
        var director = world.Director(o => o with { Affinity = true }, policy);
        director.ProbeLoad((_, _) => ValueTask.FromResult<LoadReport?>(new LoadReport { RequestsInFlight = 1 }));
        world.Send(director);
        Assert.Equal((1, 2, 1), (policy.Rosters.Count, policy.Reports.Count, policy.Ended.Count));
        world.Send(director);
        // A client that stays where it is needs no probes.
        Assert.Equal((1, 2), (policy.Wishes, policy.Ended.Count));
    }

    [Fact]
    public void What_is_kept_with_a_replica_is_made_once_and_stays_through_a_change_of_the_group()
    {
        var replica = new Replica(TestWorld.Address(1));
        var mine = replica.Kept(static _ => new List<int>());
        Assert.Same(mine, replica.Kept(static _ => new List<int>()));
        var members = Members.None.Next(new MemberSet([replica.Endpoint], "test"), new Dictionary<string, Replica> { [replica.Endpoint.Address] = replica }, 1);
        Assert.Same(mine, members.Replicas[0].Kept(static _ => new List<int>()));
        // Another director's policy begins anew.
        Assert.NotSame(mine, replica.Copy().Kept(static _ => new List<int>()));
    }
}
