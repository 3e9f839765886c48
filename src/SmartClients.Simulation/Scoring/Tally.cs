using SmartClients.Simulation.Servers;
using SmartClients.Simulation.Timing;

namespace SmartClients.Simulation.Scoring;

/// <summary>What is counted while a run goes on.</summary>
internal sealed class Tally
{
    const int Slices = 100;
    const int MostSlices = 400;

    readonly long[] attempts;
    readonly long? deadline;
    readonly long from;
    readonly List<Histogram> slices = [];

    public Tally(int servers, Scenario scenario)
    {
        attempts = new long[servers];
        deadline = scenario.DeadlineMs is { } ms ? World.Nanoseconds(ms) : null;
        from = VirtualTime.Start + World.Nanoseconds(scenario.WarmUpS * 1000);
        SliceLength = Math.Max(VirtualTime.Millisecond, (long)(scenario.Requests / scenario.PerSecond * VirtualTime.Second / Slices));
    }

    /// <summary>How long requests took; a failed one as long as it was allowed to.</summary>
    public Histogram Latency { get; } = new(Histogram.Fine);

    public long Requests { get; private set; }

    public long Errors { get; private set; }

    public long Retries { get; private set; }

    public long Hedges { get; private set; }

    /// <summary>Questions for a load, none of those of the warm-up.</summary>
    public long Probes { get; private set; }

    /// <summary>Attempts at each server.</summary>
    public IReadOnlyList<long> Attempts => attempts;

    /// <summary>Nanoseconds to each of <see cref="Timeline"/>.</summary>
    public long SliceLength { get; }

    /// <summary>The latencies of requests that began in each slice of time.</summary>
    public IReadOnlyList<Histogram> Timeline => slices;

    public void Sent(Server server, bool hedge, int number)
    {
        attempts[server.Index]++;
        if (hedge) Hedges++;
        else if (number > 1) Retries++;
    }

    public void Asked() => Probes++;

    public void Ended(long began, long now, bool succeeded)
    {
        Requests++;
        if (!succeeded) Errors++;
        var took = succeeded ? now - began : Math.Max(now - began, deadline ?? 0);
        Latency.Add(took);
        var slice = (int)Math.Min((began - from) / SliceLength, MostSlices - 1);
        while (slices.Count <= slice) slices.Add(new Histogram(Histogram.Coarse));
        slices[slice].Add(took);
    }
}
