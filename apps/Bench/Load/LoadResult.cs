namespace SmartClients.Bench.Load;

/// <summary>What became of a load's requests that count; milliseconds from the time at which each was due.</summary>
public sealed record LoadResult
{
    public required int Requests { get; init; }

    /// <summary>Those that got no good answer, or none in time.</summary>
    public required int Errors { get; init; }

    /// <summary>What there was instead, and how often.</summary>
    public required IReadOnlyDictionary<string, int> ErrorKinds { get; init; }

    public required double MeanMs { get; init; }

    public required double P50Ms { get; init; }

    public required double P90Ms { get; init; }

    public required double P99Ms { get; init; }

    public required double P999Ms { get; init; }

    /// <summary>How late requests were sent, at the 99th percentile: what the machine's own haste adds to every latency.</summary>
    public required double LateP99Ms { get; init; }

    internal static LoadResult Of(IReadOnlyList<Sent> sent)
    {
        double[] sorted = [.. sent.Select(one => one.TookMs).Order()], late = [.. sent.Select(one => one.LateMs).Order()];
        return new LoadResult
        {
            Requests = sorted.Length,
            Errors = sent.Count(one => one.Error is not null),
            ErrorKinds = sent.Where(one => one.Error is not null).CountBy(one => one.Error!).ToDictionary(),
            MeanMs = Rounded(sorted.DefaultIfEmpty().Average()),
            P50Ms = Percentile(sorted, 0.5),
            P90Ms = Percentile(sorted, 0.9),
            P99Ms = Percentile(sorted, 0.99),
            P999Ms = Percentile(sorted, 0.999),
            LateP99Ms = Percentile(late, 0.99),
        };
    }

    static double Percentile(double[] sorted, double share) =>
        sorted.Length == 0 ? 0 : Rounded(sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)]);

    static double Rounded(double value) => Math.Round(value, 3);
}
