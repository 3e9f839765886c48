using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Scripts;

namespace SmartClients.Simulation.Tests.Scripts;

public class ScriptTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Requests_come_at_the_rate_and_with_the_work_that_the_scenario_says()
    {
        var script = Of("", """ "load": { "per_second": 500 }, "work": { "law": "normal", "mean_ms": 4 }, "clients": { "count": 3 }, "warm_up_s": 2, "requests": 20000 """);
        Assert.Equal(20_000, script.Requests.Count(request => request.Seconds >= 2));
        Assert.InRange(script.Requests.Count / script.Requests[^1].Seconds, 485, 515);
        Assert.InRange(script.Requests.Average(request => request.WorkMs), 3.9, 4.1);
        Assert.Equal([0, 1, 2], script.Requests.Select(request => request.Client).Distinct().Order());
        Assert.True(script.Requests.Zip(script.Requests.Skip(1)).All(pair => pair.First.Seconds <= pair.Second.Seconds));
    }

    [Fact]
    public void Nothing_befalls_replicas_that_nothing_is_said_of()
    {
        var script = Of("");
        Assert.Empty(script.Changes);
        Assert.Equal([new Condition(2, 1, ServiceOrder.Sharing), new Condition(2, 1, ServiceOrder.Sharing), new Condition(2, 1, ServiceOrder.Sharing)], script.Beginning);
    }

    [Fact]
    public void What_slows_replicas_is_told_with_its_time_and_its_end()
    {
        var script = Of("""{ "kind": "slow", "replicas": "1", "factor": 0.5, "from_s": 3, "until_s": 5 }, { "kind": "slow", "replicas": "1-2", "factor": 0.5, "takes": "cores", "from_s": 4 }""");
        Assert.Equal(
            [(3, 1, 2, 0.5), (4, 1, 1, 0.5), (4, 2, 1, 1), (5, 1, 1, 1)],
            script.Changes.Select(change => (change.Seconds, change.Replica, change.Condition.Cores, change.Condition.Speed)));
    }

    [Fact]
    public void Failures_are_told_with_how_they_fail()
    {
        var script = Of("""{ "kind": "fail", "replicas": "0", "how": "error", "share": 0.5, "after_ms": 7, "from_s": 2, "until_s": 3 }, { "kind": "fail", "replicas": "2", "how": "refuse", "from_s": 4 }""");
        Assert.Equal(3, script.Changes.Count);
        var (failing, well, gone) = (script.Changes[0].Condition, script.Changes[1].Condition, script.Changes[2].Condition);
        Assert.Equal((0.5, FailureWay.Error, 7, false), (failing.Failing, failing.How, failing.FailsAfterMs, failing.IsGone));
        Assert.Equal(script.Beginning[0], well);
        Assert.True(gone.IsGone);
    }

    [Fact]
    public void A_deploy_takes_replicas_away_in_turn_and_has_them_come_back_cold()
    {
        var script = Of("""{ "kind": "deploy", "from_s": 1, "every_s": 3, "drain_s": 1, "down_s": 1, "factor": 0.5, "warm_up_s": 1 }""");
        Assert.Equal([(2, 0), (5, 1), (8, 2)], script.Changes.Where(change => change.Condition.IsGone).Select(change => (change.Seconds, change.Replica)));
        var back = script.Changes.First(change => change.Seconds >= 3 && !change.Condition.IsGone);
        Assert.Equal((0, 0.5), (back.Replica, back.Condition.Speed));
        Assert.Equal(1, script.Changes.Last(change => change.Replica == 0).Condition.Speed);
    }

    [Fact]
    public void Pauses_are_told_as_one_share_and_mean()
    {
        var script = Of("""{ "kind": "hiccups", "replicas": "0", "share": 0.1, "mean_ms": 10 }, { "kind": "hiccups", "replicas": "0", "share": 0.3, "mean_ms": 50 }""");
        var last = script.Changes[^1].Condition;
        Assert.Equal((0.4, 40), (Math.Round(last.Pausing, 9), Math.Round(last.PauseMs, 9)));
    }

    [Fact]
    public void The_same_seed_gives_the_same_script()
    {
        const string Bursts = """{ "kind": "antagonists", "factor": 0.5, "burst_s": 0.5, "gap_s": 2 }""";
        Assert.Equal(Of(Bursts, seed: 5).Changes, Of(Bursts, seed: 5).Changes);
        Assert.NotEmpty(Of(Bursts, seed: 5).Changes);
        Assert.NotEqual(Of(Bursts, seed: 5).Changes, Of(Bursts, seed: 6).Changes);
    }

    static Script Of(string profiles, string rest = """ "load": { "per_second": 100 }, "warm_up_s": 1, "requests": 1200 """, long seed = 1)
    {
        var text = $$"""{ "name": "x", "replicas": [{ "count": 3, "cores": 2 }], "deadline_ms": 1000, "profiles": [{{profiles}}], {{rest}} }""";
        return Script.Of(ScenarioReader.Parse(System.Text.Encoding.UTF8.GetBytes(text)), seed, Cancel);
    }
}
