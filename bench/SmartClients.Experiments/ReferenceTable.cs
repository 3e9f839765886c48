using SmartClients.Experiments.Running;
using SmartClients.Simulation;

namespace SmartClients.Experiments;

/// <summary>Scenarios S1 to S6 beside an independent simulator's table.</summary>
static class ReferenceTable
{
    const double Deadline = 2000;

    // p50 / p99 / p99.9: JSQ in milliseconds, the others in parts of it; beyond the deadline where infinite.
    static readonly string[] Policies = ["jsq", "gmsr", "p2c-true", "random", "round-robin", "p2c", "least-outstanding"];
    const double To = double.PositiveInfinity;

    static readonly Dictionary<string, double[][]> Published = new()
    {
        ["s1-homogeneous"] = [[9.73, 31.21, 38.24], [1, 1, 1], [1.07, 1.09, 1.09], [1.40, 2.83, 3.82], [1.18, 1.51, 1.81], [1.21, 1.47, 1.60], [1.15, 1.27, 1.31]],
        ["s2-heterogeneous"] = [[8.85, 40.56, 52.54], [.91, .88, .93], [1.08, 1.16, 1.16], [1.81, To, To], [1.69, To, To], [1.25, 2.10, 2.22], [1.17, 1.49, 1.53]],
        ["s3-antagonists"] = [[9.99, 37.56, 57.57], [.97, .83, .67], [1.04, 1.13, 1.14], [1.37, 17, 18], [1.23, 16, 17], [1.16, 2.06, 2.25], [1.12, 1.52, 1.59]],
        ["s4-grey-failure"] = [[9.74, 31.52, 42.79], [1, .99, .89], [1.02, 1.03, 1.26], [1.22, 2.70, To], [1.10, 1.51, To], [1.12, 1.28, 4.20], [1.09, 1.17, 2.30]],
        ["s5-sparse"] = [[9.73, 31.21, 38.24], [1, 1, 1], [1.07, 1.09, 1.10], [1.40, 2.81, 3.78], [1.40, 2.83, 3.79], [1.40, 2.79, 3.72], [1.40, 2.82, 3.80]],
        ["s6-testbed"] = [[10.16, 74.63, 116.7], [.96, .42, .33], [1.01, 1.07, 1.03], [1.19, To, To], [1.19, To, To], [1.08, 3.43, 3.20], [1.08, 2.94, 2.73]],
    };

    public static void Run(Page page, Settings settings)
    {
        page.Title(
            "S1 to S6 beside an independent simulator",
            "p50 / p99 / p99.9: milliseconds for JSQ, parts of JSQ for the others; TO: the deadline of two seconds. The other simulator is one C++ program that shares "
            + "nothing with this one; its figures are means over five seeds. In brackets how far ours are from its.");
        var days = Published.Keys.Select(ScenarioReader.Find).Select(day => day with { Requests = settings.Requests(day.Requests) }).ToList();
        var scores = Runs.Of([.. from day in days from policy in Policies select (day, Contender.Named(policy))], settings);
        var rows = Policies.Select((policy, p) => (IReadOnlyList<string>)[policy, .. days.Select((day, d) => Cell(d, p))]);
        page.Table(["policy", .. days.Select(day => day.Name)], rows);

        string Cell(int d, int p)
        {
            var (ours, jsq, theirs) = (Figures(d, p), Figures(d, 0), Published[days[d].Name][p]);
            return string.Join(" / ", Enumerable.Range(0, 3).Select(i =>
            {
                if (ours[i] >= Deadline * 0.995) return double.IsInfinity(theirs[i]) ? "TO" : "TO (not there)";
                var shown = p == 0 ? ours[i] : ours[i] / jsq[i];
                return Page.Number(shown, "0.00") + (double.IsInfinity(theirs[i]) ? " (TO there)" : $" ({Page.Number(100 * (shown / theirs[i] - 1), "+0.0;-0.0")} %)");
            }));
        }

        double[] Figures(int d, int p) =>
            [scores[d * Policies.Length + p].Mean(s => s.P50Ms), scores[d * Policies.Length + p].Mean(s => s.P99Ms), scores[d * Policies.Length + p].Mean(s => s.P999Ms)];
    }
}
