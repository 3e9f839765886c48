using System.Globalization;
using SmartClients.Cli.Experiments.Figure8.Faults;
using SmartClients.Plots;

namespace SmartClients.Cli.Experiments.Figure8;

/// <summary>The figure as pictures, one for each fault, and as a page.</summary>
internal static class FailoverDrawing
{
    /// <summary>Writes all of it into a folder.</summary>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Write(FailoverResults results, string folder)
    {
        Directory.CreateDirectory(folder);
        var page = Path.Combine(folder, "table.md");
        File.WriteAllText(page, Page(results));
        return
        [
            page,
            .. Fault.All.Select(fault => (fault, Strike: Worst(results, fault))).Where(one => one.Strike is not null)
                .SelectMany(one => Of(one.fault, one.Strike!, results.Paper).Save(folder, "figure8-" + one.fault.Name)),
        ];
    }

    // The one with the longest write: the figure shows no average.
    static Strike? Worst(FailoverResults results, Fault fault) =>
        results.Strikes.Where(strike => strike.Fault == fault.Name).MaxBy(strike => strike.LongestWriteMs ?? double.MaxValue);

    static Chart Of(Fault fault, Strike strike, Paper paper)
    {
        var chart = new Chart($"{Capital(fault.What)} at {string.Join(", ", strike.AtS.Select(at => at.ToString("0.0", CultureInfo.InvariantCulture)))} s", "seconds", "milliseconds") { LogarithmicUp = true, NamesAtRight = true };
        Add(chart, "until a server has the line", strike, line => line.WriteMs);
        Add(chart, "until its writer reads it", strike, line => line.ReadMs);
        Add(chart, "until a reader at another server has it", strike, line => line.ElsewhereMs);
        double[] usual = [0, strike.AtS[0] / 2, strike.Lines[^1].AtS];
        chart.Mark("1997: as usual, 5 to 10 ms", [.. usual, .. usual], [.. usual.Select(_ => paper.UsualMs[0]), .. usual.Select(_ => paper.UsualMs[1])]);
        chart.Mark("1997: the server fails, 1 s", [strike.AtS[0]], [paper.FailureMs]);
        return chart;
    }

    static void Add(Chart chart, string name, Strike strike, Func<LineTimes, double?> time)
    {
        var came = strike.Lines.Where(line => time(line) is not null).ToList();
        chart.Add(name, [.. came.Select(line => line.AtS)], [.. came.Select(line => time(line)!.Value)]);
    }

    static string Page(FailoverResults results)
    {
        var each = string.Concat(results.Strikes.Select(strike => string.Create(
            CultureInfo.InvariantCulture,
            $"| {strike.Fault} | {strike.Number} | {(strike.WithLineOnItsWay ? "yes" : "no")} | {(strike.HitTheWriter ? "yes" : "no")} | {strike.UsualWriteMs:0.0} | {strike.LongestWriteMs:0.0} | {strike.ReaderAwayMs:0.0} | {strike.LongestReadMs:0.0} | {strike.LongestElsewhereMs:0.0} | {strike.Wrong} |\n")));
        return $"""
            # Figure 8, in numbers

            Milliseconds. {results.Conditions.Words}. Of each fault: the median of its strikes, and the longest of them all.

            {FailoverTable.Of(results).Markdown()}
            | fault | strike | with a line on its way | the writer's server too | write, usually | longest write | reader without server | longest read | longest read elsewhere | wrong |
            | --- | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
            {each}
            """;
    }

    static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
