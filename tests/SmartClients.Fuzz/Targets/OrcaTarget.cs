using System.Text;
using SmartClients.Learning;
using SmartClients.Learning.Orca;

namespace SmartClients.Fuzz.Targets;

/// <summary>Load reports in the three forms of ORCA: nothing is thrown, whatever comes.</summary>
internal sealed class OrcaTarget : FuzzTarget
{
    public override string Name => "orca";

    public override IReadOnlyList<byte[]> Corpus { get; } =
    [
        Utf8("TEXT cpu_utilization=0.5, mem_utilization=0.25, rps_fractional=12.5, eps=1, named_metrics.queue=7, utilization.disk=0.9, request_cost.db=3"),
        Utf8("""JSON {"cpu_utilization":0.5,"mem_utilization":0.25,"rps_fractional":12.5,"eps":1,"named_metrics":{"queue":7},"utilization":{"disk":0.9},"request_cost":{"db":3}}"""),
        Utf8("BIN CQAAAAAAAOA/EQAAAAAAANA/IhIKBWRpc2sSCc3MzMzMzOw/"),
        Utf8("""{"cpu_utilization":0.5,"application_utilization":0.7}"""),
        Convert.FromBase64String("CQAAAAAAAOA/EQAAAAAAANA/"),
    ];

    public override IReadOnlyList<string> Words { get; } =
        ["TEXT ", "JSON ", "BIN ", "cpu_utilization", "mem_utilization", "application_utilization", "rps_fractional", "eps", "named_metrics", "utilization", "request_cost", "\\ud80e", "=", "\t", "\u00ff\u00ff\u00ff\u00ff\u000f"];

    public override string Feed(byte[] input)
    {
        var header = OrcaReader.TryParse(Encoding.UTF8.GetString(input), out var one);
        var json = OrcaReader.TryParseJson(input, out var two);
        var binary = OrcaReader.TryParseBinary(input, out var three);
        return $"read {header} {Figures(one)} {json} {Figures(two)} {binary} {Figures(three)}";
    }

    // Which figures there are; each is finite and not negative.
    static string Figures(LoadReport? report)
    {
        if (report is null) return "none";
        double?[] all =
        [
            report.CpuUtilization, report.MemoryUtilization, report.ApplicationUtilization, report.RequestsPerSecond, report.ErrorsPerSecond,
            report.RequestsInFlight, report.Latency, report.RequestCost,
        ];
        Must(all.All(figure => figure is null or (>= 0 and <= 1e12)), "figures can be true");
        return string.Concat(all.Select(figure => figure is null ? '-' : figure is 0 ? '0' : 'x'));
    }

    public override bool Documents(Exception error) => false;
}
