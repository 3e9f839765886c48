using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Benching;

/// <summary>A report for people, on a terminal or as a page, and for programs.</summary>
internal static class BenchOutput
{
    const string Page = "bench.md";
    const string Figures = "bench.json";
    const long Largest = 64 << 20;

    static readonly string[] Headings = ["wiring", "p50 ms", "p99 ms", "p99.9 ms", "mean ms", "errors", "p99 ratio", "p99.9 ratio"];

    public static void Write(BenchReport report, bool json)
    {
        if (json)
        {
            Documents.Print(report, Documents.Default.BenchReport);
            return;
        }
        foreach (var play in report.Scenarios)
        {
            Console.Out.WriteLine($"{play.Scenario}, seed {Words.Whole(play.Seed)}: {play.Conditions}");
            var sheet = new Sheet(Headings);
            foreach (var row in play.Wirings) sheet.Add(Cells(row));
            sheet.Write();
        }
    }

    /// <summary>What an earlier run left in a folder.</summary>
    public static BenchReport? Earlier(string? folder)
    {
        if (folder is null || Path.Combine(folder, Figures) is var file && !File.Exists(file)) return null;
        if (new FileInfo(file).Length > Largest) throw new UsageException($"'{file}' is above {Largest} bytes, which is no report of a bench: take another folder.");
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(file), Documents.Default.BenchReport);
        }
        catch (JsonException error)
        {
            throw new UsageException($"'{file}' is no report of a bench: {error.Message} Take another folder.");
        }
    }

    /// <summary>Keeps it in a folder, as a page and as single figures.</summary>
    public static void Save(BenchReport report, string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Figures), JsonSerializer.Serialize(report, Documents.Default.BenchReport) + "\n");
        File.WriteAllText(Path.Combine(folder, Page), Text(report));
    }

    static string Text(BenchReport report)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            # Scenarios as real processes

            `smart bench`; {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}. Open loop, latency from the time
            at which each request was due; one that failed counts as having taken its deadline. Medians over the rounds; ratios are to the first row
            within each round, so above 1 is where the first row is better. "Late" is how late requests were sent, at the 99th percentile: the machine's own doing.

            """);
        foreach (var play in report.Scenarios)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {play.Scenario}\n\n{play.Conditions}; seed {play.Seed}.\n\n");
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", Headings)} | rounds | late ms |\n|---{string.Concat(Enumerable.Repeat("|---:", Headings.Length + 1))}|\n");
            foreach (var row in play.Wirings)
                text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", Cells(row))} | {row.Rounds} | {Words.Milliseconds(row.LateP99Ms)} |\n");
        }
        text.Append("\n## Where the first row loses\n\nAt p99, in parts of the first row's:\n\n");
        foreach (var play in report.Scenarios)
            text.Append(CultureInfo.InvariantCulture, $"- {play.Scenario}: {string.Join(", ", play.Better.Select(row => $"`{row.Wiring}` {Ratio(row.P99Ratio)}").DefaultIfEmpty("nowhere"))}\n");
        return text.ToString();
    }

    static string[] Cells(WiringReport row) =>
    [
        row.Wiring, Words.Milliseconds(row.P50Ms), Words.Milliseconds(row.P99Ms), Words.Milliseconds(row.P999Ms), Words.Milliseconds(row.MeanMs),
        Share(row.Errors, row.Requests), Ratio(row.P99Ratio), Ratio(row.P999Ratio),
    ];

    static string Share(long count, long of) => count == 0 ? "0" : (100.0 * count / of).ToString("0.00", CultureInfo.InvariantCulture) + " %";

    static string Ratio(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
