using System.Globalization;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Resolving;

/// <summary>What a name leads to, for people.</summary>
internal static class ResolveTable
{
    public static void Write(ResolveReport report)
    {
        var sheet = new Sheet("address", "zone", "weight", "priority", "state", "in flight", "latency ms", "evidence") { Words = ["zone", "state", "evidence"] };
        foreach (var member in report.Members)
            sheet.Add(
                member.Address, member.Zone ?? "-", member.Weight.ToString("0.##", CultureInfo.InvariantCulture), Words.Whole(member.Priority),
                member.Error is null ? member.State : $"{member.State}: {member.Error}", Words.Whole(member.Inflight),
                Words.Milliseconds(member.LatencyMs), member.EvidenceAgeS is { } age ? Words.Age(TimeSpan.FromSeconds(age)) + " old" : "none");
        sheet.Write();
        var count = report.Members.Count == 1 ? "1 member" : $"{report.Members.Count} members";
        if (report.Certificate is { } certificate)
            Console.Out.WriteLine(
                $"certificate {Words.Whole(certificate.Serial)}, issued {certificate.Issued:u}, expires {certificate.Expires:u}, key {certificate.Key}, "
                + $"from {Messages.OneLine(certificate.Origin)} {Words.Age(TimeSpan.FromSeconds(certificate.AgeS))} ago");
        Console.Out.WriteLine($"{count}, learnt from {Messages.OneLine(report.Source)} {Words.Age(TimeSpan.FromSeconds(report.AgeS))} ago");
    }
}
