using System.Globalization;
using System.Text.Json.Serialization;
using SmartClients.Cli.Load;

namespace SmartClients.Cli.Demo;

/// <summary>How the demo went, as a document and as a line. The longest times are given for all and for each thing that happened.</summary>
internal sealed record DemoReport(
    long Requests, long Lost, long Corrupt, double LongestMs, double P99Ms, double P50Ms, double PerSecond, long Retried, long Hedged,
    double KillLongestMs, double RestartLongestMs, double FreezeLongestMs, double ErrorsLongestMs, double SteadyLongestMs)
{
    /// <summary>One line of key=value pairs; new ones only ever come at its end.</summary>
    [JsonIgnore]
    public string Line => string.Create(CultureInfo.InvariantCulture,
        $"""
        requests={Requests} lost={Lost} corrupt={Corrupt} longest_ms={LongestMs:0.0} p99_ms={P99Ms:0.0} p50_ms={P50Ms:0.0}
         per_second={PerSecond:0} retried={Retried} hedged={Hedged} kill_longest_ms={KillLongestMs:0.0}
         restart_longest_ms={RestartLongestMs:0.0} freeze_longest_ms={FreezeLongestMs:0.0}
         errors_longest_ms={ErrorsLongestMs:0.0} steady_longest_ms={SteadyLongestMs:0.0}
        """).ReplaceLineEndings("");

    public static DemoReport Of(Tally tally, AttemptCounts counts, TimeSpan took) => new(
        tally.All.Count, tally.Lost, tally.Corrupt, tally.All.LongestMs, tally.All.QuantileMs(0.99) ?? 0, tally.All.QuantileMs(0.5) ?? 0,
        Math.Round(tally.All.Count / Math.Max(took.TotalSeconds, 1e-3), 1), counts.Retried, counts.Hedged,
        tally.LongestMs(Phase.Kill), tally.LongestMs(Phase.Restart), tally.LongestMs(Phase.Freeze), tally.LongestMs(Phase.Errors), tally.LongestMs(Phase.Steady));
}
