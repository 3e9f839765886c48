using System.Text.Json.Serialization;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Cli.Simulating;

/// <summary>One policy's score in one scenario.</summary>
internal sealed record PolicyReport(
    string Policy, long Requests, long Errors, double MeanMs, double P50Ms, double P90Ms, double P99Ms,
    [property: JsonPropertyName("p999_ms")] double P999Ms, double Imbalance, long Retries, long Hedges, long Probes)
{
    public static PolicyReport Of(Score score) => new(
        score.Policy, score.Requests, score.Errors, Rounded(score.MeanMs), Rounded(score.P50Ms), Rounded(score.P90Ms), Rounded(score.P99Ms),
        Rounded(score.P999Ms), Rounded(score.Imbalance), score.Retries, score.Hedges, score.Probes);

    // What is beyond is below the histogram's own grain.
    static double Rounded(double value) => Math.Round(value, 4);
}
