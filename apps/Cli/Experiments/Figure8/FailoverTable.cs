using SmartClients.Cli.Experiments.Figure8.Faults;
using SmartClients.Cli.Output;

namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>The figure in numbers: a row for each fault, the paper's below.</summary>
internal sealed class FailoverTable
{
    readonly List<string[]> rows = [];

    public FailoverTable(FailoverResults results)
    {
        foreach (var fault in Fault.All)
        {
            var strikes = results.Strikes.Where(strike => strike.Fault == fault.Name).ToList();
            if (strikes.Count == 0) continue;
            rows.Add(
            [
                fault.Name,
                Words.Whole(strikes.Count),
                Middle(strikes.Select(strike => (double?)strike.UsualWriteMs)),
                Spread(strikes.Where(strike => strike.HitTheWriter).Select(strike => strike.LongestWriteMs)),
                Middle(strikes.Select(strike => (double?)strike.UsualReadMs)),
                strikes.TrueForAll(strike => strike.ReaderAwayMs is null) ? "stayed" : Spread(strikes.Select(strike => strike.ReaderAwayMs).Where(away => away is not null)),
                Spread(strikes.Select(strike => strike.LongestReadMs)),
                Spread(strikes.Select(strike => strike.LongestElsewhereMs)),
                Words.Whole(strikes.Sum(strike => strike.Wrong)),
            ]);
        }
        rows.Add(["1997", "1", $"{results.Paper.UsualMs[0]:0} to {results.Paper.UsualMs[1]:0}", $"{results.Paper.FailureMs:0}", "-", "-", "-", "-", "-"]);
    }

    static string[] Headings { get; } =
        ["fault", "strikes", "write, usually", "longest write", "read, usually", "reader without server", "longest read", "longest read elsewhere", "lost, doubled or out of order"];

    public void Write()
    {
        var sheet = new Sheet(Headings);
        foreach (var row in rows) sheet.Add(row);
        sheet.Write();
    }

    /// <summary>As a Markdown table.</summary>
    public string Markdown() => string.Concat(
        rows.Prepend([.. Headings.Select((_, i) => i == 0 ? "---" : "---:")]).Prepend(Headings).Select(row => $"| {string.Join(" | ", row)} |\n"));

    static string Middle(IEnumerable<double?> figures) => Words.Milliseconds(figures.Order().ElementAtOrDefault(figures.Count() / 2));

    // The median and the longest of all strikes.
    static string Spread(IEnumerable<double?> figures) =>
        figures.Contains(null) ? "never" : figures.Any() ? $"{Middle(figures)} / {Words.Milliseconds(figures.Max())}" : "-";
}
