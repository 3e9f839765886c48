using SmartClients.Experiments.Running;
using SmartClients.Picking;
using SmartClients.Plots;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Experiments.Prequal;

/// <summary>Figure 9: the quantile above which a replica is hot, with replicas of two speeds.</summary>
static class HotQuantile
{
    static readonly double[] Quantiles = [0, 0.35, 0.5, 0.66, 0.73, 0.84, 0.9, 0.97, 0.99, 0.999, 1];

    public static void Run(Page page, Settings settings)
    {
        page.Title(
            "Prequal, figure 9: the hot quantile",
            "50 fast replicas and 50 that need twice the time. At 0 only requests in flight count, at 1 only latency. Published, from 0 to 0.99: p50 -10 %, p90 -19 %, p99 -12 %; p99.9 -6 % in "
            + "between; at 1 p99 +20 % over the best and p99.9 up to 2.4 times. Requests in flight p50 5, p99 10 to 25. Theirs is at 75 % of an allocation with an unknown amount to spare; ours at 60 % of eight cores.");
        var day = new Scenario
        {
            Name = "two-speeds",
            Replicas = [new ReplicaGroup { Count = 50, Cores = 8 }, new ReplicaGroup { Count = 50, Cores = 8, Speed = 0.5 }],
            Clients = new ClientGroup { Count = 100, Ejection = false },
            Load = new Load { Utilization = 0.6 },
            Work = new Work { Law = WorkLaw.Normal, MeanMs = 25 },
            DeadlineMs = Testbed.DeadlineMs,
            Requests = settings.Requests(1e6),
            Help = Help.WithProbes,
        };
        var scores = Runs.Of([.. Quantiles.Select(q => (day, Contender.Of("prequal", () => new Picking.Prequal(new PrequalOptions { HotQuantile = q, HotAtQuantile = true }))))], settings);
        page.Table(["quantile", "p50", "p90", "p99", "p99.9", "in flight p50", "in flight p99"], Quantiles.Select((q, i) => (IReadOnlyList<string>)
            [Page.Number(q, "0.###"), Change(i, s => s.P50Ms), Change(i, s => s.P90Ms), Change(i, s => s.P99Ms), Change(i, s => s.P999Ms),
                Page.Number(scores[i].Mean(s => s.PresentP50)), Page.Number(scores[i].Mean(s => s.PresentP99))]));
        page.Line("The gains up to 0.9 are theirs or more. At 1 ours breaks down where theirs lost a fifth: with nothing but latency to go by, a hundred clients run together to the replica that told");
        page.Line("the shortest, and what so many there at once will take, nobody has seen yet. Their replicas had a machine's idle cores to take them up.");
        page.Line();
        var chart = new Chart("Latency over the hot quantile, in parts of that at 0", "quantile", "parts");
        foreach (var (name, figure) in ((string, Func<Score, double>)[])[("p50", s => s.P50Ms), ("p90", s => s.P90Ms), ("p99", s => s.P99Ms), ("p99.9", s => s.P999Ms)])
            chart.Add(name, Quantiles, [.. Quantiles.Select((_, i) => scores[i].Mean(figure) / scores[0].Mean(figure))]);
        page.Picture("latency over the hot quantile", chart.Save(page.Folder, page.Name));

        string Change(int i, Func<Score, double> figure) =>
            $"{Page.Number(scores[i].Mean(figure))} ({Page.Number(100 * (scores[i].Mean(figure) / scores[0].Mean(figure) - 1), "+0;-0;0")} %)";
    }
}
