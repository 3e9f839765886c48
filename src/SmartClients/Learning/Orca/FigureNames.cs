namespace SmartClients.Learning.Orca;

/// <summary>The names of the figures, as <c>xds.data.orca.v3.OrcaLoadReport</c> spells them.</summary>
internal static class FigureNames
{
    public const string Cpu = "cpu_utilization";
    public const string Memory = "mem_utilization";
    public const string Application = "application_utilization";
    public const string RequestsPerSecond = "rps_fractional";
    public const string OldRequestsPerSecond = "rps";
    public const string ErrorsPerSecond = "eps";
    public const string NamedMetrics = "named_metrics";
    public const string RequestCost = "request_cost";
    public const string InFlight = "requests_in_flight";
    public const string Latency = "latency_ms";
    public const string Cost = "request";

    public static Figure Find(ReadOnlySpan<char> name) => name switch
    {
        Cpu => Figure.Cpu,
        Memory => Figure.Memory,
        Application => Figure.Application,
        RequestsPerSecond => Figure.RequestsPerSecond,
        ErrorsPerSecond => Figure.ErrorsPerSecond,
        NamedMetrics + "." + InFlight => Figure.InFlight,
        NamedMetrics + "." + Latency => Figure.Latency,
        RequestCost + "." + Cost => Figure.Cost,
        _ => Figure.Unknown,
    };
}
