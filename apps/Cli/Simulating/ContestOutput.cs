using System.Globalization;
using SmartClients.Cli.Output;

namespace SmartClients.Cli.Simulating;

/// <summary>The scores, for people or for programs.</summary>
internal static class ContestOutput
{
    public static void Write(IReadOnlyList<SimulationReport> reports, bool json)
    {
        foreach (var report in reports)
            if (json) Documents.Print(report, Documents.Default.SimulationReport);
            else Table(report);
    }

    static void Table(SimulationReport report)
    {
        Console.Out.WriteLine($"{report.Scenario}, seed {Words.Whole(report.Seed)}");
        var sheet = new Sheet("policy", "p50 ms", "p99 ms", "p99.9 ms", "mean ms", "errors", "retries", "imbalance");
        foreach (var policy in report.Policies)
            sheet.Add(
                policy.Policy, Words.Milliseconds(policy.P50Ms), Words.Milliseconds(policy.P99Ms), Words.Milliseconds(policy.P999Ms),
                Words.Milliseconds(policy.MeanMs), Words.Percent(100.0 * policy.Errors / policy.Requests), Words.Whole(policy.Retries + policy.Hedges),
                policy.Imbalance.ToString("0.00", CultureInfo.InvariantCulture));
        sheet.Write();
    }
}
