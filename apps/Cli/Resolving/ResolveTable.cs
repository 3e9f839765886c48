using System.Globalization;
using SmartClients.Cli.Output;

namespace SmartClients.Cli.Resolving;

/// <summary>What a name leads to, for people.</summary>
internal static class ResolveTable
{
    public static void Write(ResolveReport report)
    {
        var sheet = new Sheet("address", "zone", "weight", "state", "in flight", "latency ms", "evidence") { Words = ["zone", "state", "evidence"] };
        foreach (var member in report.Members)
            sheet.Add(
                member.Address, member.Zone ?? "-", member.Weight.ToString("0.##", CultureInfo.InvariantCulture),
                member.Error is null ? member.State : $"{member.State}: {member.Error}", Words.Whole(member.Inflight),
                Words.Milliseconds(member.LatencyMs), member.EvidenceAgeS is { } age ? Words.Age(TimeSpan.FromSeconds(age)) + " old" : "none");
        sheet.Write();
        var count = report.Members.Count == 1 ? "1 member" : $"{report.Members.Count} members";
        Console.Out.WriteLine($"{count}, learnt from {report.Source} {Words.Age(TimeSpan.FromSeconds(report.AgeS))} ago");
    }
}
