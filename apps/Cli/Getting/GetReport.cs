using System.Text.Json.Serialization;
using SmartClients.Transfer.Engine;

namespace SmartClients.Cli.Getting;

/// <summary>What <c>smart get --json</c> prints.</summary>
/// <param name="Bytes">Bytes in the file.</param>
/// <param name="Seconds">How long it took.</param>
/// <param name="Sha256">Its SHA-256; of several files none.</param>
/// <param name="File">Where it is.</param>
/// <param name="Sources">Who delivered it.</param>
internal sealed record GetReport(long Bytes, double Seconds, string? Sha256, string? File, IReadOnlyList<SourceReport> Sources)
{
    /// <summary>Of a tree, how many files and folders were not had.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Failed { get; init; }

    /// <summary>Of a tree, how many files were there already, whole and the same.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? AlreadyThere { get; init; }

    public static GetReport Of(DownloadReport report, string place) =>
        new(report.Bytes, Math.Round(report.Time.TotalSeconds, 3), report.Sha256, place, report.Sources);

    /// <summary>Several files as one.</summary>
    public static GetReport Sum(IReadOnlyList<GetReport> reports, string? place)
    {
        if (reports is [var only]) return only;
        var sources = reports.SelectMany(report => report.Sources).GroupBy(source => source.Endpoint)
            .Select(same => new SourceReport(same.Key, same.Sum(s => s.Bytes), same.Sum(s => s.Failures), same.Select(s => s.Reason).FirstOrDefault(reason => reason is not null)));
        return new GetReport(reports.Sum(report => report.Bytes), Math.Round(reports.Sum(report => report.Seconds), 3), null, place, [.. sources])
        {
            Failed = Sum(reports, report => report.Failed),
            AlreadyThere = Sum(reports, report => report.AlreadyThere),
        };
    }

    static int? Sum(IReadOnlyList<GetReport> reports, Func<GetReport, int?> of) => reports.Any(report => of(report) is not null) ? reports.Sum(of) : null;
}
