using System.Globalization;
using SmartClients.Cli.Output;

namespace SmartClients.Cli.Calling;

/// <summary>The summary of a load for people.</summary>
internal static class LoadTable
{
    public static void Write(LoadSummary summary)
    {
        var replicas = new Sheet("endpoint", "attempts", "share", "failures");
        foreach (var endpoint in summary.Endpoints)
            replicas.Add(endpoint.Address, Words.Whole(endpoint.Requests), Words.Percent(endpoint.Share * 100), Words.Whole(endpoint.Failures));
        replicas.Write();
        var rate = summary.Seconds > 0 ? summary.Requests / summary.Seconds : 0;
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{summary.Requests} requests in {summary.Seconds:0.0} s ({rate:0}/s): {summary.Succeeded} succeeded, {summary.Failed} failed, ")
            + string.Create(CultureInfo.InvariantCulture, $"{summary.Retried} retried, {summary.Hedged} hedged"));
        Console.Out.WriteLine(
            $"latency: p50 {Words.Milliseconds(summary.P50Ms)} ms, p99 {Words.Milliseconds(summary.P99Ms)} ms, "
            + $"longest {Words.Milliseconds(summary.LongestMs)} ms");
    }
}
