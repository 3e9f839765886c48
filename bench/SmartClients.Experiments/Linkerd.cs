using SmartClients.Experiments.Running;
using SmartClients.Plots;
using SmartClients.Simulation;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Experiments;

/// <summary>linkerd's "Beyond round robin" of 2016.</summary>
static class Linkerd
{
    sealed record Row(string Policy, string Theirs, string ShareAbove, double[] Percentiles);

    static readonly double[] Quantiles = [0.95, 0.97, 0.99, 0.999, 0.9999];

    // Read off the published figure, within 5 % or so.
    static readonly Row[] Published =
    [
        new("round-robin", "round robin", "~5 %", [203, 1673, 1714, 1862, 1977]),
        new("least-outstanding", "least loaded", "0.1 to 1 %", [189, 193, 205, 1723, 1825]),
        new("peak-ewma", "peak EWMA", "0.01 to 0.1 %", [188, 192, 199, 211, 1780]),
    ];

    public static void Run(Page page, Settings settings)
    {
        page.Title(
            "linkerd: beyond round robin",
            "Eleven replicas of 167 ms (deviation 5), one client of 1,000 requests a second, 60 s; for half of the time one replica takes two seconds. Peak EWMA decays in 10 s, "
            + "as theirs. Published values are read off a figure.");
        var day = ScenarioReader.Find("linkerd");
        string[] more = ["p2c", "blended"];
        var names = Published.Select(row => row.Policy).Concat(more).ToList();
        var scores = Runs.Of([.. names.Select(name => (day, Contender.Named(name) with { Options = o => o with { LatencyDecay = TimeSpan.FromSeconds(10) } }))], settings);
        page.Table(
            ["policy", "above 1 s: published", "ours", .. Quantiles.Select(q => $"p{Page.Number(100 * q, "0.##")}: published / ours")],
            names.Select((name, i) => (IReadOnlyList<string>)
            [
                i < Published.Length ? $"{name} ({Published[i].Theirs})" : name, i < Published.Length ? Published[i].ShareAbove : "–",
                Page.Percent(scores[i].Mean(s => s.ShareAbove(1000)), "0.000"),
                .. Quantiles.Select((q, j) => $"{(i < Published.Length ? Page.Number(Published[i].Percentiles[j], "0") : "–")} / {Page.Number(scores[i].Mean(s => s.Percentile(q)), "0")}"),
            ]));
        page.Line("Round robin's tail differs at p97 to p99.9: ours takes 2,000 ms throughout, theirs 1,673 to 1,862, which is a slow replica of rather less than two seconds.");
        page.Line();
        List<Score> first = [.. scores.Select(runs => runs[0])];
        page.Picture("distribution of latencies", RunPlots.Draw(page.Name, first, page.Folder).Where(file => file.Contains("-cdf", StringComparison.Ordinal)));
        foreach (var extra in Directory.GetFiles(page.Folder, page.Name + "-*").Where(f => !f.Contains("-cdf", StringComparison.Ordinal))) File.Delete(extra);
    }
}
