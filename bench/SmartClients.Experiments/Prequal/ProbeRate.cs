using SmartClients.Experiments.Running;
using SmartClients.Picking;
using SmartClients.Plots;
using SmartClients.Simulation;

namespace SmartClients.Experiments.Prequal;

/// <summary>Figure 8: how many probes to a request.</summary>
static class ProbeRate
{
    static readonly double[] Rates = [4, 2.83, 2, 1.41, 1, 0.71, 0.5];

    public static void Run(Page page, Settings settings)
    {
        page.Title(
            "Prequal, figure 8: the probe rate",
            "Load 1.5 of the allocation, 0.25 removals to a request. Published, from 4 probes to a half: p99 about 248 to 262 ms, p99.9 330 to 400, requests in flight at the 99th percentile "
            + "16 to 24 and at the median 10.3 to 10.7; flat down to one probe, worse below.");
        LoadRamp.Setting(page);
        var day = Testbed.At(1.5, settings, requests: 600_000);
        var scores = Runs.Of([.. Rates.Select(rate => (day, Contender.Of("prequal", () => new Picking.Prequal(new PrequalOptions { ProbesPerRequest = rate, RemovedPerRequest = 0.25 }))))], settings);
        page.Table(["probes to a request", "p50", "p99", "p99.9", "in flight p50", "in flight p99", "errors"], Rates.Select((rate, i) => (IReadOnlyList<string>)
        [
            Page.Number(rate, "0.00"), Page.Number(scores[i].Mean(s => s.P50Ms)), Page.Number(scores[i].Mean(s => s.P99Ms)), Page.Number(scores[i].Mean(s => s.P999Ms)),
            Page.Number(scores[i].Mean(s => s.PresentP50)), Page.Number(scores[i].Mean(s => s.PresentP99)), Page.Percent(scores[i].Mean(s => (double)s.Errors / s.Requests), "0.00"),
        ]));
        page.Line("As published, the rate matters little down to one probe or so and a lot below. Below, ours gets much worse than theirs: an answer of ours is used more often the fewer");
        page.Line("come, up to 12 times at half a probe, while what others of our hundred clients send meanwhile is not known.");
        page.Line();
        var chart = new Chart("Tail over probe rate", "probes to a request", "milliseconds; requests in flight") { LogarithmicUp = true };
        chart.Add("p99, ms", Rates, [.. Rates.Select((_, i) => scores[i].Mean(s => s.P99Ms))]);
        chart.Add("p99.9, ms", Rates, [.. Rates.Select((_, i) => scores[i].Mean(s => s.P999Ms))]);
        chart.Add("requests in flight, p99", Rates, [.. Rates.Select((_, i) => scores[i].Mean(s => s.PresentP99))]);
        page.Picture("tail over probe rate", chart.Save(page.Folder, page.Name));
    }
}
