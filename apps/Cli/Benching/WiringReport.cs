using System.Text.Json.Serialization;
using SmartClients.Bench.Contests;
using SmartClients.Bench.Load;

namespace SmartClients.Cli.Benching;

/// <summary>How one wiring did in one scenario: medians over the rounds, in milliseconds.</summary>
/// <param name="Wiring">Its name.</param>
/// <param name="Rounds">How many there were.</param>
/// <param name="Requests">Of all rounds.</param>
/// <param name="Errors">Of all rounds.</param>
/// <param name="P99Ratio">Its 99th percentile in parts of the yardstick's in the same round.</param>
/// <param name="P999Ratio">The same of the 99.9th.</param>
/// <param name="LateP99Ms">How late requests were sent, at the 99th percentile: what the machine alone did.</param>
internal sealed record WiringReport(
    string Wiring, int Rounds, long Requests, long Errors, double MeanMs, double P50Ms, double P90Ms, double P99Ms,
    [property: JsonPropertyName("p999_ms")] double P999Ms, double P99Ratio, [property: JsonPropertyName("p999_ratio")] double P999Ratio, double LateP99Ms)
{
    public static WiringReport Of(string name, string yardstick, IReadOnlyList<RunResult> runs)
    {
        var its = runs.Where(run => run.Wiring == name).ToList();
        return new WiringReport(
            name, its.Count, its.Sum(run => (long)run.Load.Requests), its.Sum(run => (long)run.Load.Errors), Median(load => load.MeanMs), Median(load => load.P50Ms),
            Median(load => load.P90Ms), Median(load => load.P99Ms), Median(load => load.P999Ms), Ratio(load => load.P99Ms), Ratio(load => load.P999Ms),
            Median(load => load.LateP99Ms));

        double Median(Func<LoadResult, double> of) => Middle(its.Select(run => of(run.Load)));

        double Ratio(Func<LoadResult, double> of) => Middle(
            from run in its
            join own in runs on run.Round equals own.Round
            where own.Wiring == yardstick && of(own.Load) > 0
            select of(run.Load) / of(own.Load));
    }

    static double Middle(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        if (sorted.Length == 0) return 0;
        return Math.Round((sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2, 3);
    }
}
