using SmartClients.Experiments.Running;
using SmartClients.Picking;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Experiments;

/// <summary>Every policy in every scenario, in three classes of help from servers, in parts of JSQ.</summary>
static class ArenaTable
{
    // Those that a request's key decides need keys, and the paper's own need a zone or a callback: they are compared elsewhere.
    static readonly HashSet<string> Left = ["rendezvous", "ring-hash", "maglev", "affinity"];

    static readonly string[] Days =
    [
        "s1-homogeneous", "s2-heterogeneous", "s3-antagonists", "s4-grey-failure", "s5-sparse", "s6-testbed", "rolling-deploy", "flash-crowd", "zone-loss", "language-model", "fails-fast",
    ];

    public static void Run(Page page, Settings settings)
    {
        page.Title(
            "The arena",
            "p99 / p99.9 in parts of the JSQ oracle's, which is in milliseconds; TO: the deadline. A failed request counts as one that took all its time. "
            + "Seeds are not those that policies were tuned on.");
        var days = Days.Select(ScenarioReader.Find).Select(day => day with { Requests = settings.Requests(day.Requests) }).ToList();
        foreach (var (title, help) in ((string, Help)[])[("No help from servers", Help.None), ("A report with each reply", Help.WithReplies), ("Reports and probes", Help.WithProbes)])
        {
            string[] policies = ["jsq", "gmsr", .. Policies.Names.Where(name => !Left.Contains(name))];
            var scores = Runs.Of([.. from day in days from policy in policies select (day with { Help = help }, Contender.Named(policy))], settings);
            page.Line();
            page.Line("## " + title);
            page.Table(["policy", .. Days], policies.Select((policy, p) => (IReadOnlyList<string>)[policy, .. days.Select((day, d) =>
                Cell(scores[d * policies.Length + p], p == 0 ? null : scores[d * policies.Length], day.DeadlineMs ?? double.PositiveInfinity))]));
        }
    }

    static string Cell(IReadOnlyList<Score> scores, IReadOnlyList<Score>? oracle, double deadline) => string.Join(" / ", ((double[])[0.99, 0.999]).Select(q =>
    {
        var ms = scores.Mean(s => s.Percentile(q));
        return ms >= deadline * 0.995 ? "TO" : oracle is null ? Page.Number(ms) : Page.Number(ms / oracle.Mean(s => s.Percentile(q)), "0.00");
    }));
}
