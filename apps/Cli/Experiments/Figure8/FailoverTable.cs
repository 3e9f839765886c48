using SmartClients.Cli.Experiments.Figure8.Faults;
using SmartClients.Cli.Output;

namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>The figure in numbers: a row for each fault, the paper's below.</summary>
internal static class FailoverTable
{
    public static Sheet Of(FailoverResults results)
    {
        var sheet = new Sheet(
            "fault", "strikes", "write, usually", "longest write", "read, usually", "reader without server", "longest read", "longest read elsewhere", "lost, doubled or out of order");
        foreach (var fault in Fault.All)
        {
            var strikes = results.Strikes.Where(strike => strike.Fault == fault.Name).ToList();
            if (strikes.Count == 0) continue;
            sheet.Add(
                fault.Name,
                Words.Whole(strikes.Count),
                Middle(strikes.Select(strike => (double?)strike.UsualWriteMs)),
                Spread(strikes.Where(strike => strike.HitTheWriter).Select(strike => strike.LongestWriteMs)),
                Middle(strikes.Select(strike => (double?)strike.UsualReadMs)),
                strikes.TrueForAll(strike => strike.ReaderAwayMs is null) ? "stayed" : Spread(strikes.Select(strike => strike.ReaderAwayMs).Where(away => away is not null)),
                Spread(strikes.Select(strike => strike.LongestReadMs)),
                Spread(strikes.Select(strike => strike.LongestElsewhereMs)),
                Words.Whole(strikes.Sum(strike => strike.Wrong)));
        }
        sheet.Add("1997", "1", $"{results.Paper.UsualMs[0]:0} to {results.Paper.UsualMs[1]:0}", $"{results.Paper.FailureMs:0}", "-", "-", "-", "-", "-");
        return sheet;
    }

    static string Middle(IEnumerable<double?> figures) => Words.Milliseconds(figures.Order().ElementAtOrDefault(figures.Count() / 2));

    // The median and the longest of all strikes.
    static string Spread(IEnumerable<double?> figures) =>
        figures.Contains(null) ? "never" : figures.Any() ? $"{Middle(figures)} / {Words.Milliseconds(figures.Max())}" : "-";
}
