using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;

namespace SmartClients.Tests.World;

/// <summary>A policy and its replicas without a director: told what a director would tell it.</summary>
internal sealed class Stand
{
    int version;

    public Stand(Policy policy, int replicas, string? zone = null, IReadOnlyList<double>? weights = null, int seed = 1)
    {
        (Policy, Zone, Random) = (policy, zone, new Random(seed));
        Replicas = [.. Enumerable.Range(0, replicas).Select(i => new Replica(TestWorld.Address(i + 1) with { Weight = i < weights?.Count ? weights[i] : 1 }))];
        Announce();
    }

    public Policy Policy { get; }

    public string? Zone { get; }

    public Replica[] Replicas { get; set; }

    public Random Random { get; }

    public long Now { get; set; } = 100 * Clock.Second;

    public double Typical { get; set; } = 10e6;

    public Replica this[int index] => Replicas[index];

    /// <summary>Others may be picked from now on.</summary>
    public void Announce(params Replica[] replicas)
    {
        if (replicas.Length > 0) Replicas = replicas;
        Policy.Changed(new Roster { Candidates = Replicas, Version = ++version, Random = Random, Zone = Zone });
    }

    /// <summary>A pick from the roster.</summary>
    public Replica Pick(string? key = null) => Policy.Pick(Context(Replicas, version, key));

    /// <summary>A pick from a list of the request's own.</summary>
    public Replica PickFrom(Replica[] some, string? key = null) => Policy.Pick(Context(some, 0, key));

    public double Score(Replica replica) => Policy.Score(replica, Context(Replicas, version, null));

    /// <summary>Whom the policy wants probed.</summary>
    public (Replica[] Whom, int Await) Probe()
    {
        var whom = new Replica[ProbeWish.Most];
        var wish = Policy.Probe(Context(Replicas, version, null), whom);
        return (whom[..wish.Count], wish.Await);
    }

    public void Report(Replica replica, LoadReport report, ReportSource source = ReportSource.Probed)
    {
        var evidence = new Evidence(report, source, Now);
        replica.Learning.Reported(evidence);
        Policy.Reported(replica, evidence);
    }

    /// <summary>An answer to a probe.</summary>
    public void Answer(Replica replica, double inFlight, double milliseconds) => Report(replica, new LoadReport { RequestsInFlight = inFlight, Latency = milliseconds });

    public void Observe(Replica replica, OutcomeKind kind = OutcomeKind.Succeeded, double milliseconds = 10)
    {
        replica.Learning.Took(milliseconds * 1e6, Now, 5e9);
        Policy.Observe(replica, new Outcome { Kind = kind }, (long)(milliseconds * 1e6), Now);
    }

    public int[] Counts(int picks, Func<int, string?>? key = null)
    {
        var counts = Replicas.ToDictionary(r => r, _ => 0);
        for (var i = 0; i < picks; i++) counts[Pick(key?.Invoke(i))]++;
        return [.. Replicas.Select(r => counts[r])];
    }

    PickContext Context(Replica[] candidates, int version, string? key) => new()
    {
        Candidates = candidates,
        Version = version,
        Random = Random,
        Now = Now,
        Key = key,
        Typical = Typical,
        LatencyDecay = 5e9,
        ReportDecay = 2e9,
        MaxWeight = candidates.Max(r => r.Endpoint.Weight),
    };
}
