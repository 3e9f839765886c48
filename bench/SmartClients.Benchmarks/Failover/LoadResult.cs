using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Failover;

/// <summary>What became of all requests of one run; milliseconds.</summary>
sealed record LoadResult(int Requests, int Failed, double Longest, double P99, double P50, Dictionary<string, int> Errors)
{
    public static LoadResult Of(IReadOnlyList<(double Milliseconds, string? Error)> all)
    {
        var sorted = all.Select(one => one.Milliseconds).Order().ToArray();
        var errors = all.Where(one => one.Error is not null).CountBy(one => one.Error!).ToDictionary();
        return new LoadResult(
            all.Count, errors.Values.Sum(), sorted[^1], Statistics.Percentile(sorted, 0.99), Statistics.Percentile(sorted, 0.5), errors);
    }

    public override string ToString() =>
        $"{Failed} of {Requests} lost, longest {Longest:0.0} ms, p99 {P99:0.0} ms {string.Join(", ", Errors.Select(e => $"{e.Value} {e.Key}"))}";
}
