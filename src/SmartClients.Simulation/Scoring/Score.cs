namespace SmartClients.Simulation.Scoring;

/// <summary>How a policy did in a scenario. Times are milliseconds; percentiles are told to 0.2 %, means are exact.</summary>
public sealed record Score
{
    /// <summary>The contender's name.</summary>
    public required string Policy { get; init; }

    /// <summary>Requests that were counted.</summary>
    public required long Requests { get; init; }

    /// <summary>Those that failed, or did not end within their time. In the latencies each counts as one that took all of it.</summary>
    public required long Errors { get; init; }

    /// <summary>Further attempts after a failure.</summary>
    public long Retries { get; init; }

    /// <summary>Further attempts beside a slow one.</summary>
    public long Hedges { get; init; }

    /// <summary>The mean latency.</summary>
    public required double MeanMs { get; init; }

    /// <summary>The median latency.</summary>
    public required double P50Ms { get; init; }

    /// <summary>The 90th percentile.</summary>
    public double P90Ms { get; init; }

    /// <summary>The 99th percentile.</summary>
    public required double P99Ms { get; init; }

    /// <summary>The 99.9th percentile.</summary>
    public required double P999Ms { get; init; }

    /// <summary>The most requests that one replica got, in parts of what its capacity would make its fair share.</summary>
    public required double Imbalance { get; init; }

    /// <summary>Each replica's share of the attempts.</summary>
    public IReadOnlyList<double> Shares { get; init; } = [];

    /// <summary>Questions for a load, polls included.</summary>
    public long Probes { get; init; }

    /// <summary>The median of requests present at a replica, over replicas and time.</summary>
    public double PresentP50 { get; init; }

    /// <summary>The 99th percentile of requests present at a replica.</summary>
    public double PresentP99 { get; init; }

    /// <summary>Latency over time: a hundred slices of what the run would take at its usual rate.</summary>
    public IReadOnlyList<Moment> Timeline { get; init; } = [];

    /// <summary>Things that happened in the simulated world: what the run cost.</summary>
    public long Happenings { get; init; }

    internal Histogram Latency { get; init; } = new(Histogram.Coarse);

    /// <summary>The latency in milliseconds that a share of the requests did not exceed.</summary>
    /// <param name="share">0 to 1.</param>
    public double Percentile(double share) => Latency.Percentile(share) / 1e6;

    /// <summary>The share of requests that took longer.</summary>
    /// <param name="milliseconds">Than this; told to 0.2 %.</param>
    public double ShareAbove(double milliseconds) => Latency.ShareAbove((long)(milliseconds * 1e6));
}
