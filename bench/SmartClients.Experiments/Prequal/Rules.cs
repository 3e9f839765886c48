using SmartClients.Experiments.Running;
using SmartClients.Picking;
using SmartClients.Plots;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;

namespace SmartClients.Experiments.Prequal;

/// <summary>Figure 7: rules of selection at two loads.</summary>
static class Rules
{
    sealed record Rule(string Name, Contender Contender, Help Help, string Published);

    static readonly double[] Loads = [0.35, 0.45];

    static readonly Rule[] All =
    [
        new("round robin", Contender.Named("round-robin"), Help.None, "4984, TO / TO, TO"),
        new("random", Contender.Named("random"), Help.None, "294, TO / TO, TO"),
        new("weighted round robin", Contender.Named("weighted-round-robin"), Help.WithReplies, "173, 314 / 1667, TO"),
        new("least loaded (client-local)", Contender.Named("least-outstanding"), Help.None, "343, 1804 / 940, 2654"),
        new("least loaded, two choices", Contender.Named("p2c"), Help.None, "224, 569 / 623, 1918"),
        new("two choices, polled every 500 ms", Contender.Of("polled-p2c", static () => new Picking.PowerOfTwo(Polled)), new Help { PollEveryMs = 500 }, "210, 2642 / 213, 1169"),
        new("C3 (here on replies)", Contender.Named("c3"), Help.WithReplies, "161, 299 / 164, 304"),
        new("Prequal", Contender.Of("prequal", static () => new Picking.Prequal(new PrequalOptions { HotQuantile = 0.75 })), Help.WithProbes, "149, 281 / 152, 286"),
    ];

    public static void Run(Page page, Settings settings)
    {
        page.Title(
            "Prequal, figure 7: rules of selection",
            "p90, p99 in milliseconds at the paper's two loads (70 and 90 %) and at ours (35 and 45 % of all cores, of which others take three quarters for 5 s in every 25: scenario s6-testbed). "
            + "The settings differ, so the order and the gaps are to be compared, not the milliseconds. TO: 5 s there, 2 s here. The paper's linear rule is no policy of this library, "
            + "and its C3 runs on Prequal's probes.");
        var day = ScenarioReader.Find("s6-testbed") with { Requests = settings.Requests(1e6) };
        var scores = Runs.Of([.. from rule in All from load in Loads select (day with { Help = rule.Help, Load = new Load { Utilization = load } }, rule.Contender)], settings);
        page.Table(["rule", "published, 70 / 90 %", "ours, 35 / 45 %", "errors"], All.Select((rule, i) => (IReadOnlyList<string>)
        [
            rule.Name, rule.Published, string.Join(" / ", Enumerable.Range(2 * i, 2).Select(at => $"{Time(at, 0.9)}, {Time(at, 0.99)}")),
            string.Join(" / ", Enumerable.Range(2 * i, 2).Select(at => Page.Percent(scores[at].Mean(s => (double)s.Errors / s.Requests), "0.00"))),
        ]));
        var chart = new Chart("99th percentile by rule", "rule, in the order of the table", "milliseconds") { LogarithmicUp = true };
        for (var load = 0; load < Loads.Length; load++)
            chart.Add($"{Page.Number(100 * Loads[load], "0")} %", [.. All.Select((_, i) => i + 1.0)], [.. All.Select((_, i) => scores[2 * i + load].Mean(s => s.P99Ms))]);
        page.Picture("99th percentile by rule", chart.Save(page.Folder, page.Name));

        string Time(int at, double quantile) => Page.Time(scores[at].Mean(s => s.Percentile(quantile)), day.DeadlineMs!.Value);
    }

    static double Polled(Membership.Replica replica, in PickContext context) => replica.Vitals.Evidence?.Report.RequestsInFlight ?? 0;
}
