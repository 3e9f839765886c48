namespace SmartClients.Learning;

/// <summary>
/// What a server says of its own load, in the terms of ORCA (Open Request Cost Aggregation, gRFC A51). A missing figure is
/// <see langword="null"/>, and so is one that is negative or not finite, whoever set it. Instances are immutable and may be shared
/// between threads.
/// </summary>
public sealed record LoadReport
{
    /// <summary>Share of the processors in use, 0 to 1, above 1 where the system allows bursts.</summary>
    public double? CpuUtilization { get; init => field = Figure(value); }

    /// <summary>Share of the memory in use, 0 to 1.</summary>
    public double? MemoryUtilization { get; init => field = Figure(value); }

    /// <summary>The application's own measure of how full it is, 0 to 1, above 1 when overloaded. Preferred to the processor's.</summary>
    public double? ApplicationUtilization { get; init => field = Figure(value); }

    /// <summary>Requests answered per second.</summary>
    public double? RequestsPerSecond { get; init => field = Figure(value); }

    /// <summary>Errors per second.</summary>
    public double? ErrorsPerSecond { get; init => field = Figure(value); }

    /// <summary>Requests that the server is working on now; <c>named_metrics.requests_in_flight</c> on the wire.</summary>
    public double? RequestsInFlight { get; init => field = Figure(value); }

    /// <summary>How long the server takes for a request now, in milliseconds, without the network: the median of the latest that came while
    /// about as many were in flight as now; <c>named_metrics.latency_ms</c> on the wire.</summary>
    public double? Latency { get; init => field = Figure(value); }

    /// <summary>What the reply's own request cost, in the application's unit; <c>request_cost.request</c> on the wire.</summary>
    public double? RequestCost { get; init => field = Figure(value); }

    /// <summary>The best single measure of fullness: the application's, else the processor's, else none.</summary>
    public double? Utilization => ApplicationUtilization ?? CpuUtilization;

    /// <summary>Whether at least one figure is there.</summary>
    public bool HasFigures =>
        (CpuUtilization ?? MemoryUtilization ?? ApplicationUtilization ?? RequestsPerSecond ?? ErrorsPerSecond ?? RequestsInFlight
            ?? Latency ?? RequestCost).HasValue;

    // Comparisons with what is no number all fail, and a policy that compares would be led astray.
    static double? Figure(double? value) => value is >= 0 and <= double.MaxValue ? value : null;
}
