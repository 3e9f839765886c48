using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Failover;

/// <summary>What became of all requests of one run; milliseconds.</summary>
/// <param name="Requests">How many were sent.</param>
/// <param name="Failed">How many were lost.</param>
/// <param name="Longest">The longest of all.</param>
/// <param name="AtFault">The longest of those that were due from 50 ms before the fault to a second after it.</param>
/// <param name="Elsewhere">The longest of the others: what the machine does to a request by itself.</param>
/// <param name="P99">The 99th percentile.</param>
/// <param name="P50">The median.</param>
/// <param name="Errors">What callers got instead of an answer.</param>
sealed record LoadResult(
    int Requests, int Failed, double Longest, double AtFault, double Elsewhere, double P99, double P50, Dictionary<string, int> Errors)
{
    public static LoadResult Of(IReadOnlyList<(double Milliseconds, string? Error)> all, double rate = 1, double faultAt = double.PositiveInfinity)
    {
        var near = all.Index().ToLookup(one => one.Index / rate - faultAt is > -0.05 and < 1, one => one.Item.Milliseconds);
        var sorted = all.Select(one => one.Milliseconds).Order().ToArray();
        var errors = all.Where(one => one.Error is not null).CountBy(one => one.Error!).ToDictionary();
        return new LoadResult(
            all.Count, errors.Values.Sum(), sorted[^1], near[true].DefaultIfEmpty().Max(), near[false].DefaultIfEmpty().Max(),
            Statistics.Percentile(sorted, 0.99), Statistics.Percentile(sorted, 0.5), errors);
    }

    public override string ToString() =>
        $"{Failed} of {Requests} lost, longest {Longest:0.0} ms, {AtFault:0.0} at the fault, {Elsewhere:0.0} elsewhere, p99 {P99:0.0} ms {string.Join(", ", Errors.Select(e => $"{e.Value} {e.Key}"))}";
}
