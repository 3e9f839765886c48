using System.Collections.Concurrent;
using SmartClients.Cli.Load;

namespace SmartClients.Cli.Demo;

/// <summary>What became of the requests, in all, by phase and by replica. Safe for concurrent use.</summary>
internal sealed class Tally
{
    readonly Latencies[] phases = [.. Enum.GetValues<Phase>().Select(_ => new Latencies())];
    readonly ConcurrentDictionary<string, RecentLatencies> replicas = new();
    long lost;
    long corrupt;
    string? firstLoss;
    int phase;

    public Latencies All { get; } = new();

    public long Lost => Volatile.Read(ref lost);

    public long Corrupt => Volatile.Read(ref corrupt);

    /// <summary>What happened to the first request that was lost.</summary>
    public string? FirstLoss => Volatile.Read(ref firstLoss);

    public Phase Phase
    {
        get => (Phase)Volatile.Read(ref phase);
        set => Volatile.Write(ref phase, (int)value);
    }

    public double LongestMs(Phase during) => phases[(int)during].LongestMs;

    public RecentLatencies Of(string address) => replicas.GetOrAdd(address, static _ => new RecentLatencies());

    /// <summary>A whole, right answer, or a wrong one.</summary>
    public void Answered(string address, Phase begunIn, TimeSpan latency, bool right)
    {
        Took(begunIn, latency);
        Of(address).Add(latency);
        if (!right) Interlocked.Increment(ref corrupt);
    }

    /// <summary>No answer, or an error for one.</summary>
    public void Failed(Phase begunIn, TimeSpan latency, string why)
    {
        Took(begunIn, latency);
        Interlocked.Increment(ref lost);
        Interlocked.CompareExchange(ref firstLoss, why, null);
    }

    // A request under way when something happens suffers from it as much as those that begin after.
    void Took(Phase begunIn, TimeSpan latency)
    {
        All.Add(latency);
        var endedIn = Phase;
        phases[(int)begunIn].Add(latency);
        if (endedIn != begunIn) phases[(int)endedIn].Add(latency);
    }
}
