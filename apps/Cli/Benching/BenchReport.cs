using SmartClients.Bench.Contests;
using SmartClients.Bench.Plays;

namespace SmartClients.Cli.Benching;

/// <summary>What <c>bench --json</c> prints, and what <c>--out</c> keeps: every single run, and the medians of all.</summary>
internal sealed record BenchReport(IReadOnlyList<PlayReport> Scenarios, IReadOnlyList<RunResult> Runs)
{
    /// <summary>From runs of now, and those of an earlier report of the same plays.</summary>
    /// <param name="plays">Of now.</param>
    /// <param name="runs">Of now.</param>
    /// <param name="earlier">What there was.</param>
    public static BenchReport Of(IReadOnlyList<Play> plays, IReadOnlyList<RunResult> runs, BenchReport? earlier)
    {
        var all = new List<RunResult>(earlier?.Runs ?? []);
        foreach (var scenario in runs.GroupBy(run => run.Scenario))
        {
            var done = all.Where(run => run.Scenario == scenario.Key).Select(run => run.Round).DefaultIfEmpty().Max();
            all.AddRange(scenario.Select(run => run with { Round = run.Round + done }));
        }
        var before = earlier?.Scenarios.Where(old => plays.All(play => play.Scenario.Name != old.Scenario)) ?? [];
        var conditions = before.Select(old => (old.Scenario, old.Conditions, old.Seed)).Concat(plays.Select(play => (play.Scenario.Name, play.Words, play.Seed)));
        return new BenchReport([.. conditions.Select(c => PlayReport.Of(c.Item1, c.Item2, c.Item3, [.. all.Where(run => run.Scenario == c.Item1)]))], all);
    }
}
