using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Picking;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Simulation.Tests;

/// <summary>What replicas tell of their load reaches the policies by the ways of the real director.</summary>
public class HelpTests
{
    static Scenario Day(Help help) => new()
    {
        Name = "day",
        Replicas = [new ReplicaGroup { Count = 4, Cores = 2 }],
        Clients = new ClientGroup { Count = 2, Ejection = false },
        Load = new Load { Utilization = 0.6 },
        DeadlineMs = 5000,
        WarmUpS = 2,
        Requests = 20_000,
        Help = help,
    };

    // Notes what it is told, and asks all when it may.
    sealed class Listener(List<Evidence> heard) : Policy
    {
        public override Replica Pick(in PickContext context) => context.Candidates[context.Random.Next(context.Candidates.Length)];

        public override void Reported(Replica replica, Evidence evidence) => heard.Add(evidence);

        public override ProbeWish Probe(in PickContext context, Span<Replica> whom)
        {
            context.Candidates.CopyTo(whom);
            return new ProbeWish(context.Candidates.Length);
        }
    }

    static (Score Score, List<Evidence> Heard) Listen(Help help)
    {
        List<Evidence> heard = [];
        return (Run.Once(Day(help), Contender.Of("listener", () => new Listener(heard))), heard);
    }

    [Fact]
    public void Silent_replicas_tell_nothing()
    {
        var (score, heard) = Listen(Help.None);
        Assert.Empty(heard);
        Assert.Equal(0, score.Probes);
    }

    [Fact]
    public void A_report_comes_with_each_reply()
    {
        var (score, heard) = Listen(Help.WithReplies);
        Assert.True(heard.Count >= score.Requests);
        Assert.All(heard, e => Assert.Equal(ReportSource.PiggyBacked, e.Source));
        var late = heard[(heard.Count / 2)..];
        Assert.Equal(0.6, late.Average(e => e.Report.CpuUtilization!.Value), 0.05);
        Assert.Equal(120, late.Average(e => e.Report.RequestsPerSecond!.Value), 8.0);
        Assert.InRange(late.Average(e => e.Report.RequestsInFlight!.Value), 0.5, 3);
        Assert.InRange(late.Average(e => e.Report.Latency!.Value), 7, 30);
    }

    [Fact]
    public void Probes_are_answered_after_a_round_trip_and_counted()
    {
        var (score, heard) = Listen(new Help { Probes = true });
        Assert.NotEmpty(heard);
        Assert.All(heard, e => Assert.Equal(ReportSource.Probed, e.Source));
        var warm = heard[0].ReceivedAt + (long)(Day(Help.None).WarmUpS * 1e9);
        Assert.Equal(heard.Count(e => e.ReceivedAt >= warm), (double)score.Probes, 20.0);
    }

    [Fact]
    public void Polls_come_as_often_as_said()
    {
        var (score, heard) = Listen(new Help { PollEveryMs = 500 });
        Assert.All(heard, e => Assert.Equal(ReportSource.Polled, e.Source));
        // Some 41 seconds after the warm-up, two clients, four replicas, twice a second.
        Assert.InRange(score.Probes, 630, 690);
    }

    [Fact]
    public void What_they_cost_slows_the_requests_down()
    {
        var free = Listen(new Help { Probes = true }).Score;
        var costly = Listen(new Help { Probes = true, WorkMs = 0.5 }).Score;
        Assert.True(costly.MeanMs > 1.05 * free.MeanMs, $"{costly.MeanMs} and {free.MeanMs}");
    }
}
