using System.Globalization;
using System.Text;
using SmartClients.Cli.Output;
using SmartClients.Picking;

namespace SmartClients.Cli.Calling;

/// <summary>Why this replica, in words.</summary>
internal static class DecisionText
{
    const int MostCandidates = 16;

    public static void Print(Decision decision) => Console.Error.Write(Of(decision));

    public static string Of(Decision decision)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"* attempt {decision.Attempt} ({Cause(decision)}) to {decision.Chosen.Address}; ");
        text.Append(CultureInfo.InvariantCulture, $"retries left {decision.RetriesLeft:0}, hedges left {decision.HedgesLeft:0}\n");
        foreach (var candidate in decision.Candidates.Take(MostCandidates)) Append(text, candidate, decision.Chosen.Address);
        if (decision.Candidates.Count > MostCandidates) text.Append(CultureInfo.InvariantCulture, $"*   and {decision.Candidates.Count - MostCandidates} more\n");
        return text.ToString();
    }

    static void Append(StringBuilder text, Candidate candidate, string chosen)
    {
        text.Append(CultureInfo.InvariantCulture, $"*   {(candidate.Address == chosen ? '>' : ' ')} {candidate.Address}  {Words.State(candidate.State)}");
        if (candidate.Excluded is { Length: > 0 } why) text.Append(CultureInfo.InvariantCulture, $" (left out: {why})");
        if (double.IsFinite(candidate.Score)) text.Append(CultureInfo.InvariantCulture, $", score {candidate.Score:G4}");
        text.Append(CultureInfo.InvariantCulture, $", in flight {candidate.InFlight}");
        text.Append(candidate.LatencyAge is { } age
            ? $", {Words.Milliseconds(candidate.Latency.TotalMilliseconds)} ms measured {Words.Age(age)} ago"
            : ", never measured");
        if (candidate.ReportAge is { } reported) text.Append(CultureInfo.InvariantCulture, $", report of {Words.Age(reported)} ago");
        text.Append('\n');
    }

    static string Cause(Decision decision) => decision.Cause switch
    {
        Picking.Cause.First => "the first",
        Picking.Cause.Retry => "one failed",
        Picking.Cause.Hedge => "one is slow",
        Picking.Cause.Reapply => "its replica died",
        _ => "none",
    };
}
