using System.Text;
using SmartClients.Terminals.Loads;

namespace SmartClients.Fuzz.Targets;

/// <summary>What a machine says of its load average.</summary>
internal sealed class LoadAverageTarget : FuzzTarget
{
    public override string Name => "load-average";

    public override IReadOnlyList<byte[]> Corpus { get; } =
        [Utf8("0.80 0.18 0.12 1/80 11206\n4\n"), Utf8(" 14:05:12 up 10 days,  3 users,  load average: 1.50, 0.18, 0.12\n2\n"), Utf8("up 1 day, load averages: 3,00 2,18 2,12\n8\n")];

    public override IReadOnlyList<string> Words { get; } = ["load average: ", "load averages: ", "0.00 ", "999999.999,", "\n", "99999\n", " "];

    public override string Feed(byte[] input)
    {
        var report = LoadAverage.Read(Encoding.UTF8.GetString(input));
        Must(report is null || report.CpuUtilization is >= 0 and < 1e6, "a load is a number within reason");
        return report is null ? "refused" : $"read {report.CpuUtilization > 1}";
    }

    public override bool Documents(Exception error) => false;
}
