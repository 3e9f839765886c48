using System.Diagnostics;
using SmartClients.Experiments.Running;
using SmartClients.Picking;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;

namespace SmartClients.Experiments;

/// <summary>Every policy in every scenario, in three classes of help from servers, in parts of JSQ.</summary>
static class ArenaTable
{
    const double LongestWarmUpS = 20;
    const string Default = "adaptive";

    // Those that a request's key decides need keys: they are compared elsewhere.
    static readonly HashSet<string> Left = ["rendezvous", "ring-hash", "maglev", "affinity"];

    static readonly HashSet<string> Oracles = ["jsq", "gmsr"];

    // By name: what goes on at a certain time in them needs all of their requests.
    static readonly (string Name, bool Steady)[] Days =
    [
        ("s1-homogeneous", true), ("s2-heterogeneous", true), ("s3-antagonists", true), ("s4-grey-failure", true), ("s5-sparse", true), ("s6-testbed", true),
        ("rolling-deploy", false), ("flash-crowd", false), ("zone-loss", false), ("language-model", false), ("fails-fast", false),
    ];

    static readonly (string Name, string Title, Help Help)[] Classes =
        [("none", "No help from servers", Help.None), ("reports", "A report with each reply", Help.WithReplies), ("probes", "Reports and probes", Help.WithProbes)];

    static readonly (string Name, double Share)[] Quantiles = [("p99", 0.99), ("p99.9", 0.999)];

    sealed record Entry(int Class, Scenario Day, Contender Contender, long Seed)
    {
        public IReadOnlyList<object> Key => KeyIn(Class);

        public IReadOnlyList<object> KeyIn(int helpClass) => [Classes[helpClass].Name, Day.Name, Contender.Name, Seed, Day.Requests];
    }

    public static void Run(Page page, Settings settings)
    {
        Directory.CreateDirectory(page.Folder);
        var ledger = new Ledger(
            Path.Combine(page.Folder, "arena.csv"), ["class", "scenario", "policy", "seed", "requests"], ["p50_ms", "p99_ms", "p999_ms", "errors", "probes"]);
        List<Scenario> days = [.. Days.Select(day => Day(day.Name, day.Steady, settings))];
        List<Contender> contenders = [.. Oracles.Concat(Policies.Names.Where(name => !Left.Contains(name))).Select(Contender.Named), RequestsOnly];
        Fill(ledger, [.. from seed in settings.EachSeed from c in Enumerable.Range(0, Classes.Length) from day in days from contender in contenders select new Entry(c, day, contender, seed)], settings);
        Write(page, ledger, days, contenders, settings);
    }

    // Prequal at a quantile of nothing, where only requests in flight count: the best known with probes where replicas are equal.
    static Contender RequestsOnly => Contender.Of("prequal-q0", static () => new Picking.Prequal(new PrequalOptions { HotQuantile = 0 }));

    static Scenario Day(string name, bool steady, Settings settings)
    {
        var day = ScenarioReader.Find(name);
        return steady ? day with { Requests = settings.Requests(day.Requests), WarmUpS = Math.Min(day.WarmUpS, LongestWarmUpS) } : day;
    }

    static void Fill(Ledger ledger, IReadOnlyList<Entry> entries, Settings settings)
    {
        var watch = Stopwatch.StartNew();
        var heeds = new Dictionary<(string, int), bool>();
        var left = entries.Where(entry => ledger.Find(entry.Key) is null).GroupBy(entry => entry.Class);
        // A class after the other: what a policy that heeds no help did without is its figure with it.
        foreach (var entriesOfClass in left.OrderBy(group => group.Key))
            Parallel.ForEach(entriesOfClass, new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce }, entry =>
            {
                if (watch.Elapsed >= settings.Limit) return;
                if (entry.Class > 0 && !Heeds(entry.Contender, entry.Class) && ledger.Find(entry.KeyIn(entry.Class - 1)) is { } same)
                {
                    ledger.Add(entry.Key, same);
                    return;
                }
                var score = Arena.Run(entry.Day with { Help = Classes[entry.Class].Help }, entry.Contender, entry.Seed);
                ledger.Add(entry.Key, [score.P50Ms, score.P99Ms, score.P999Ms, (double)score.Errors / score.Requests, (double)score.Probes / score.Requests]);
            });

        bool Heeds(Contender contender, int helpClass)
        {
            lock (heeds)
            {
                if (heeds.TryGetValue((contender.Name, helpClass), out var known)) return known;
                var figures = ((int[])[helpClass - 1, helpClass]).Select(c => Arena.Run(Trial with { Help = Classes[c].Help }, contender, 1).MeanMs).ToList();
                return heeds[(contender.Name, helpClass)] = figures[0] != figures[1];
            }
        }
    }

    // Long enough for weighted round robin, which begins to heed reports after ten seconds.
    static Scenario Trial => new()
    {
        Name = "trial",
        Replicas = [new ReplicaGroup { Count = 10, Cores = 4 }],
        Clients = new ClientGroup { Count = 3 },
        Load = new Load { Utilization = 0.7 },
        DeadlineMs = 2000,
        WarmUpS = 12,
        Requests = 10_000,
    };

    static void Write(Page page, Ledger ledger, List<Scenario> days, List<Contender> contenders, Settings settings)
    {
        page.Title(
            "The arena",
            "p99 / p99.9 in parts of the JSQ oracle's, which is in milliseconds; TO: the deadline. A failed request counts as one that took all its time. No policy was tuned on these seeds. "
            + "The scale is that of S1 to S6, with a warm-up of at most 20 s; the others, in which something happens at a certain time, run whole. A policy that a short run shows not to heed the "
            + "help of a class has its figures of the class before. Every single run: [arena.csv](arena.csv). Not here: policies that go by a request's key.");
        for (var c = 0; c < Classes.Length; c++)
        {
            var (name, title, _) = Classes[c];
            page.Line();
            page.Line("## " + title);
            var means = contenders.ToDictionary(contender => contender.Name, contender => days.Select(day => Mean(name, day, contender.Name)).ToList());
            var rows = contenders.Select(contender => (IReadOnlyList<string>)
                [contender.Name, .. days.Select((day, d) => Cell(means[contender.Name][d], contender.Name == "jsq" ? null : means["jsq"][d], day.DeadlineMs!.Value))]).ToList();
            rows.Add([$"**`{Default}` over the best other**", .. days.Select((_, d) => Page.Both(Quantiles.Select((_, q) =>
                means[Default][d][q] / means.Where(other => other.Key != Default && !Oracles.Contains(other.Key)).Min(other => other.Value[d][q])), "0.00"))]);
            page.Table(["policy", .. Days.Select(day => day.Name)], rows);
        }

        double[] Mean(string helpClass, Scenario day, string contender)
        {
            var runs = settings.EachSeed.Select(seed => ledger.Find(helpClass, day.Name, contender, seed, day.Requests)).ToList();
            return runs.Contains(null) ? [double.NaN, double.NaN] : [runs.Average(run => run![1]), runs.Average(run => run![2])];
        }
    }

    static string Cell(double[] ms, double[]? oracle, double deadline) => string.Join(" / ", ms.Select((its, q) =>
        its >= deadline * 0.995 ? "TO" : oracle is null ? Page.Number(its) : Page.Number(its / oracle[q], "0.00")));
}
