namespace SmartClients.Simulation.Scoring;

/// <summary>What a run's tally comes to.</summary>
internal static class Scorer
{
    const double Nanoseconds = 1e6;

    public static Score Score(World world, string name)
    {
        var (tally, latency) = (world.Tally, world.Tally.Latency);
        var total = (double)Math.Max(1, tally.Attempts.Sum());
        var capacity = world.Scenario.Capacity;
        return new Score
        {
            Policy = name,
            Requests = tally.Requests,
            Errors = tally.Errors,
            Retries = tally.Retries,
            Hedges = tally.Hedges,
            Probes = tally.Probes,
            MeanMs = latency.Mean / Nanoseconds,
            P50Ms = latency.Percentile(0.5) / Nanoseconds,
            P90Ms = latency.Percentile(0.9) / Nanoseconds,
            P99Ms = latency.Percentile(0.99) / Nanoseconds,
            P999Ms = latency.Percentile(0.999) / Nanoseconds,
            Imbalance = world.Servers.Max(s => tally.Attempts[s.Index] / total * capacity / (s.Cores * s.NominalSpeed)),
            Shares = [.. tally.Attempts.Select(n => n / total)],
            PresentP50 = world.Census.Percentile(0.5),
            PresentP99 = world.Census.Percentile(0.99),
            Timeline = [.. tally.Timeline.Select((slice, i) => new Moment(
                i * tally.SliceLength / 1e9, slice.Count, slice.Percentile(0.5) / Nanoseconds, slice.Percentile(0.99) / Nanoseconds))],
            Latency = latency,
            Happenings = world.Time.Happened,
        };
    }
}
