using SmartClients.Bench.Contests;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Benching;

/// <summary>What <c>bench --json</c> prints, and what <c>--out</c> keeps: the medians, and every single run.</summary>
internal sealed record BenchReport(IReadOnlyList<PlayReport> Scenarios, IReadOnlyList<RunResult> Runs)
{
    /// <summary>From runs of now, and an earlier report.</summary>
    /// <param name="series">What was played now.</param>
    /// <param name="runs">What came of it.</param>
    /// <param name="earlier">What there was.</param>
    public static BenchReport Of(IReadOnlyList<Series> series, IReadOnlyList<RunResult> runs, BenchReport? earlier)
    {
        List<RunResult> all = [.. earlier?.Runs ?? [], .. runs];
        var others = earlier?.Scenarios.Where(old => series.All(one => one.Scenario.Name != old.Scenario)) ?? [];
        var now = series.Select(one => (One: one, Runs: all.FindAll(run => run.Scenario == one.Scenario.Name))).Where(its => its.Runs.Count > 0);
        return new BenchReport([.. others, .. now.Select(its => PlayReport.Of(its.One, its.Runs))], all);
    }

    /// <summary>How many rounds of a scenario there are.</summary>
    /// <exception cref="UsageException">They were played otherwise, and do not go together.</exception>
    public int Rounds(Series series)
    {
        if (Scenarios.FirstOrDefault(old => old.Scenario == series.Scenario.Name) is not { } its) return 0;
        return its.Conditions == series.Round(1).Words && its.Seed == series.Seed ? Runs.Where(run => run.Scenario == its.Scenario).Max(run => run.Round)
            : throw new UsageException($"The folder of --out has rounds of {its.Scenario} under other conditions ({its.Conditions}, seed {its.Seed}): take another folder.");
    }
}
