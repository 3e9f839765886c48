using System.Globalization;
using SmartClients.Plots;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>The figure as pictures and as a page.</summary>
internal static class Drawing
{
    /// <summary>Writes all of it into a folder.</summary>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Write(Results results, string folder)
    {
        var page = Path.Combine(folder, "table.md");
        File.WriteAllText(page, Page(results));
        var policies = results.Points.Select(point => point.Policy).Where(policy => policy != Case.AnyPolicy).Distinct().ToList();
        return
        [
            page,
            .. policies.DefaultIfEmpty(Case.AnyPolicy).SelectMany(policy => OfPolicy(results, policy).Save(folder, "figure6-" + policy)),
            .. policies.Count > 1 ? OfAll(results).Save(folder, "policies") : [],
        ];
    }

    static Chart OfPolicy(Results results, string policy)
    {
        var chart = Empty(policy == Case.AnyPolicy ? "Retrievals by FTP" : $"Retrievals by FTP, clients choose by '{policy}'");
        foreach (var servers in results.Points.Select(point => point.Servers).Distinct().Order())
            Add(chart, servers == 1 ? "1 server" : $"{servers} servers", results.Points.Where(point => point.Servers == servers && (servers == 1 || point.Policy == policy)));
        foreach (var group in results.Paper.GroupBy(point => point.Servers))
            chart.Mark($"1997: {group.Key} server{(group.Key == 1 ? "" : "s")}", [.. group.Select(point => (double)point.Clients)], [.. group.Select(point => point.MbPerS)]);
        return chart;
    }

    static Chart OfAll(Results results)
    {
        var chart = Empty("Retrievals by FTP, by how clients choose");
        foreach (var series in results.Points.Where(point => point.Servers > 1).GroupBy(point => new Case(point.Policy, point.Servers, 0)).OrderBy(group => group.Key.Servers))
            Add(chart, series.Key.Series, series);
        return chart;
    }

    static Chart Empty(string title) => new(title, "clients at a time", "all clients together, MB/s") { FromZero = true };

    static void Add(Chart chart, string name, IEnumerable<Point> points)
    {
        var ordered = points.OrderBy(point => point.Clients).ToList();
        chart.Add(name, [.. ordered.Select(point => (double)point.Clients)], [.. ordered.Select(point => point.MbPerS)]);
    }

    static string Page(Results results)
    {
        var table = ResultTable.Of(results).Markdown();
        var details = string.Concat(results.Points.OrderBy(point => point.Servers).ThenBy(point => point.Policy, StringComparer.Ordinal).ThenBy(point => point.Clients).Select(point =>
            string.Create(
                CultureInfo.InvariantCulture,
                $"| {new Case(point.Policy, point.Servers, 0).Series} | {point.Clients} | {point.MbPerS:0.000} | {point.SumOfClientsMbPerS:0.000} | {point.Seconds:0.0} | {point.LongestRetrievalS:0.00} | {point.Failed} | {string.Join(", ", point.PerServer)} |\n")));
        return $"""
            # Figure 6, in numbers

            MB/s of all clients together, all bytes over the time until the last client was done. {results.Conditions.Words}.
            1997: {PaperPoint.Read}.

            {table}
            | curve | clients | MB/s | sum of what each client saw | seconds | longest retrieval, s | failed | retrievals from each server |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
            {details}
            """;
    }
}
