using System.Text.Json.Serialization;
using SmartClients.Bench.Contests;

namespace SmartClients.Cli.Benching;

/// <summary>How everybody did in one scenario.</summary>
/// <param name="Scenario">Its name.</param>
/// <param name="Conditions">In which size it was played.</param>
/// <param name="Seed">Of the first round; each further one has the next.</param>
/// <param name="Wirings">Medians over the rounds; the first is the yardstick.</param>
internal sealed record PlayReport(string Scenario, string Conditions, long Seed, IReadOnlyList<WiringReport> Wirings)
{
    /// <summary>Those whose tail is shorter than the yardstick's, the shortest first.</summary>
    [JsonIgnore]
    public IEnumerable<WiringReport> Better => Wirings.Skip(1).Where(wiring => wiring.P99Ratio < 1).OrderBy(wiring => wiring.P99Ratio);

    public static PlayReport Of(Series series, IReadOnlyList<RunResult> runs)
    {
        // In the order of the first round, which begins with the yardstick.
        var names = runs.Select(run => run.Wiring).Distinct().ToList();
        return new PlayReport(series.Scenario.Name, series.Round(1).Words, series.Seed, [.. names.Select(name => WiringReport.Of(name, names[0], runs))]);
    }
}
