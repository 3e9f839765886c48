using System.Globalization;
using SmartClients.Cli.Output;

namespace SmartClients.Cli.Simulating;

/// <summary>The scores, for people or for programs.</summary>
internal static class ContestOutput
{
    public static void Write(IReadOnlyList<ScenarioScores> all, bool json)
    {
        foreach (var scores in all)
            if (json) Documents.Print(SimulationReport.Of(scores), Documents.Default.SimulationReport);
            else Table(scores);
    }

    static void Table(ScenarioScores scores)
    {
        Console.Out.WriteLine($"{scores.Scenario.Name}, seed {Words.Whole(scores.Seed)}: {scores.Scenario.Description}");
        var sheet = new Sheet("policy", "p50 ms", "p99 ms", "p99.9 ms", "mean ms", "errors", "retries", "hedges", "probes", "imbalance");
        foreach (var score in scores.Scores)
            sheet.Add(
                score.Policy, Words.Milliseconds(score.P50Ms), Words.Milliseconds(score.P99Ms), Words.Milliseconds(score.P999Ms),
                Words.Milliseconds(score.MeanMs), Share(score.Errors, score.Requests), Share(score.Retries, score.Requests),
                Share(score.Hedges, score.Requests), Share(score.Probes, score.Requests), score.Imbalance.ToString("0.00", CultureInfo.InvariantCulture));
        sheet.Write();
    }

    static string Share(long count, long of) => count == 0 ? "0" : (100.0 * count / of).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
