using System.Globalization;
using SmartClients.Cli.Output;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>The figure in numbers: a row for each number of clients, a column for each curve, in MB/s; below it the paper's.</summary>
internal static class ResultTable
{
    public static Sheet Of(Results results)
    {
        var series = results.Points.OrderBy(point => point.Servers).Select(point => new Case(point.Policy, point.Servers, 0)).Distinct().ToList();
        var sheet = new Sheet(["clients", .. series.Select(one => one.Series)]);
        foreach (var clients in results.Points.Select(point => point.Clients).Distinct().Order())
            sheet.Add([Words.Whole(clients), .. series.Select(one => Figure(results.Of(one with { Clients = clients })?.MbPerS))]);
        foreach (var clients in results.Paper.Select(point => point.Clients).Distinct().Order())
            sheet.Add([$"{clients} (1997)", .. series.Select(one => Figure(Paper(results, one, clients)))]);
        return sheet;
    }

    // The paper's clients chose at random.
    static double? Paper(Results results, Case one, int clients) =>
        one.Policy is Case.AnyPolicy or "random" ? results.Paper.FirstOrDefault(point => (point.Servers, point.Clients) == (one.Servers, clients))?.MbPerS : null;

    static string Figure(double? value) => value is { } figure ? figure.ToString("0.00", CultureInfo.InvariantCulture) : "-";
}
