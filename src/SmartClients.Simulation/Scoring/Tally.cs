using SmartClients.Simulation.Servers;

namespace SmartClients.Simulation.Scoring;

/// <summary>What is counted while a run goes on.</summary>
internal sealed class Tally(int servers, long? deadline)
{
    readonly long[] attempts = new long[servers];

    /// <summary>How long requests took; a failed one as long as it was allowed to.</summary>
    public Histogram Latency { get; } = new();

    public long Requests { get; private set; }

    public long Errors { get; private set; }

    public long Retries { get; private set; }

    public long Hedges { get; private set; }

    /// <summary>Attempts at each server.</summary>
    public IReadOnlyList<long> Attempts => attempts;

    public void Sent(Server server, bool hedge, int number)
    {
        attempts[server.Index]++;
        if (hedge) Hedges++;
        else if (number > 1) Retries++;
    }

    public void Ended(long took, bool succeeded)
    {
        Requests++;
        if (!succeeded) Errors++;
        Latency.Add(succeeded ? took : Math.Max(took, deadline ?? took));
    }
}
