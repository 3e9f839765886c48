using System.Globalization;
using SmartClients.Bench.Load;
using SmartClients.Simulation;
using SmartClients.Simulation.Describing;
using SmartClients.Simulation.Profiles;
using SmartClients.Simulation.Scripts;

namespace SmartClients.Bench.Plays;

/// <summary>
/// A scenario in a size that a machine can play. A sample of its replicas stands for all; requests come at a rate that the machine can bear,
/// and are stretched so that the replicas are as busy as the scenario says; its day is pressed into the seconds there are.
/// </summary>
public sealed class Play
{
    // For all replicas together; the rest is for the load, the proxies and whoever else is there.
    const double ProcessorsForReplicas = 0.5;

    readonly ReplicaGroup[] groups;

    /// <summary>Writes it out.</summary>
    /// <exception cref="FormatException">It cannot be played on one machine.</exception>
    public Play(Scenario scenario, Size size, long seed, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        ArgumentNullException.ThrowIfNull(size);
        if (scenario.Profiles.OfType<Partition>().Any())
            throw new FormatException($"{scenario.Name} cannot be played: on one machine no network comes between some clients and some replicas. See it in smart simulate.");
        (Scenario, Size, Seed) = (scenario, size, seed);
        var all = scenario.Replicas.SelectMany(group => Enumerable.Repeat(group, group.Count)).ToList();
        var count = Math.Min(size.Replicas, all.Count);
        int[] sample = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * all.Count / count))];
        groups = [.. sample.Select(i => all[i])];
        var capacity = groups.Sum(group => group.Cores * group.Speed);
        var busy = scenario.PerSecond * scenario.Work.MeanMs / 1000 / scenario.Capacity;
        Stretch = busy * capacity * 1000 / size.PerSecond / scenario.Work.MeanMs;
        Pace = size.Seconds / (scenario.WarmUpS + scenario.Requests / scenario.PerSecond);
        ProcessorShare = size.Work == WorkKind.Sleep ? 0 : Math.Min(1, ProcessorsForReplicas * Environment.ProcessorCount / (busy * capacity));
        Clients = Math.Min(size.Clients, scenario.Clients.Count);
        var counted = size.PerSecond * (size.Seconds - CountFromS);
        var script = Script.Of(
            scenario with
            {
                Load = scenario.Load with { Utilization = null, PerSecond = size.PerSecond * Pace },
                Clients = scenario.Clients with { Count = Clients },
                Requests = Math.Max(1, (long)counted),
            },
            seed, cancel);
        Beginning = [.. sample.Select(i => Stretched(script.Beginning[i]))];
        Requests = [.. script.Requests.Select(r => new LoadRequest(r.Seconds * Pace * 1000, r.Client, r.WorkMs * Stretch))];
        Changes = [.. script.Changes.Select(c => new ScriptedChange(c.Seconds * Pace, Array.IndexOf(sample, c.Replica), Stretched(c.Condition))).Where(c => c.Replica >= 0)];
    }

    public Scenario Scenario { get; }

    public Size Size { get; }

    public long Seed { get; }

    /// <summary>How many times as long requests are as in the scenario.</summary>
    public double Stretch { get; }

    /// <summary>How long a second of the scenario's day takes, in seconds.</summary>
    public double Pace { get; }

    /// <summary>The part of each request that is done by the machine's processors; the rest is waited for.</summary>
    public double ProcessorShare { get; }

    public int Replicas => groups.Length;

    public int Clients { get; }

    /// <summary>Where each replica stands.</summary>
    public IReadOnlyList<string?> Zones => [.. groups.Select(group => group.Zone)];

    /// <summary>When the warm-up is over.</summary>
    public double CountFromS => Scenario.WarmUpS * Pace;

    public double? DeadlineMs => Scenario.DeadlineMs * Stretch;

    public double? AttemptTimeoutMs => Scenario.Clients.AttemptTimeoutMs * Stretch;

    /// <summary>The replicas as they begin.</summary>
    public IReadOnlyList<Condition> Beginning { get; }

    public IReadOnlyList<LoadRequest> Requests { get; }

    /// <summary>What becomes of the replicas, in order of time.</summary>
    public IReadOnlyList<ScriptedChange> Changes { get; }

    /// <summary>How it differs from the scenario, in a line for people.</summary>
    public string Words => string.Create(
        CultureInfo.InvariantCulture,
        $"{Replicas} of {Scenario.Replicas.Sum(group => group.Count)} replicas, {Clients} of {Scenario.Clients.Count} clients, "
        + $"{Size.PerSecond:0.#} requests/s of {Scenario.Work.MeanMs * Stretch:0.0} ms (times {Stretch:0.00}), its day of {Size.Seconds / Pace:0} s in {Size.Seconds:0.#}")
        + (ProcessorShare > 0 ? string.Create(CultureInfo.InvariantCulture, $", {100 * ProcessorShare:0.0} % of the work on the processor") : "");

    Condition Stretched(Condition condition) => condition with { FailsAfterMs = condition.FailsAfterMs * Stretch, PauseMs = condition.PauseMs * Stretch };
}
