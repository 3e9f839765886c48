using SmartClients.Candidates;
using SmartClients.Membership;
using SmartClients.Naming;

namespace SmartClients.Picking;

/// <summary>Steps 3 and 4 for one attempt: who may be tried, and which of them.</summary>
internal sealed class Chooser
{
    readonly Policy policy;
    readonly Availability availability;
    readonly Random random;
    readonly double latencyDecay;
    readonly double reportDecay;
    readonly long slowStart;
    readonly string? zone;

    public Chooser(DirectorOptions options, Policy policy, Availability availability)
    {
        (this.policy, this.availability, random, zone) = (policy, availability, options.Random, options.Zone);
        (latencyDecay, reportDecay) = (Clock.Nanoseconds(options.LatencyDecay), Clock.Nanoseconds(options.ReportDecay));
        slowStart = Clock.Nanoseconds(options.SlowStart);
        availability.Announce = Announce;
    }

    void Announce(Shortlist list) => policy.Changed(new Roster { Candidates = list.Ready, Version = list.Version, Random = random, Zone = zone });

    /// <summary>Whom the policy wants to hear of before a request's first pick.</summary>
    public ProbeWish Probe(Span<Replica> whom, string? key, long typical, long now)
    {
        var list = availability.At(now);
        return list.Ready.Length < 2 ? default : policy.Probe(Context(list.Ready, list.Version, list.MaxWeight, key, typical, now), whom);
    }

    /// <summary>The replica for a request's first attempt.</summary>
    /// <param name="repeatable">The request can stand a failure: it may find out whether an ejected replica is back.</param>
    /// <param name="key">The affinity key.</param>
    /// <param name="typical">The group's median latency, nanoseconds.</param>
    /// <param name="now">Nanoseconds.</param>
    /// <param name="leaveOut">Whom the request leaves out.</param>
    /// <returns><see langword="null"/> when there is nobody.</returns>
    public Replica? First(bool repeatable, string? key, long typical, long now, Func<Endpoint, bool>? leaveOut = null)
    {
        var list = availability.At(now);
        if (leaveOut is not null) list = list.Without(leaveOut);
        if (list.Due.Length > 0 && availability.ClaimTrial(list, repeatable, now) is { } trial) return trial;
        if (list.Ready.Length <= 1) return list.Ready.Length == 0 ? null : list.Ready[0];
        var picked = policy.Pick(Context(list.Ready, list.Version, list.MaxWeight, key, typical, now));
        if (!list.Warming || list.Steady.Length == 0 || SlowStart.Admits(picked, now, slowStart, random)) return picked;
        return policy.Pick(Context(list.Steady, 0, list.MaxWeight, key, typical, now));
    }

    /// <summary>The replica for a further attempt: none that was tried, none that the request leaves out.</summary>
    /// <returns><see langword="null"/> when nobody is left.</returns>
    public Replica? Another(Cause cause, ReadOnlySpan<Replica> tried, string? key, long typical, long now, Func<Endpoint, bool>? leaveOut = null)
    {
        var list = availability.At(now);
        var left = list.Untried(tried, readyOnly: cause == Cause.Hedge, leaveOut);
        return left.Length switch { 0 => null, 1 => left[0], _ => policy.Pick(Context(left, 0, Heaviest(left), key, typical, now)) };
    }

    /// <summary>Whether anybody is left who was not tried.</summary>
    public bool AnyLeft(Cause cause, ReadOnlySpan<Replica> tried, long now, Func<Endpoint, bool>? leaveOut = null) =>
        availability.At(now).Untried(tried, readyOnly: cause == Cause.Hedge, leaveOut).Length > 0;

    /// <summary>Why this replica: what the policy saw, for whoever listens.</summary>
    public Decision Explain(Replica chosen, Cause cause, ReadOnlySpan<Replica> tried, string? key, long typical, long now, Members members, Func<Endpoint, bool>? leaveOut = null)
    {
        var list = availability.At(now);
        var context = Context(list.Ready, list.Version, list.MaxWeight, key, typical, now);
        var candidates = new List<Candidate>(members.Replicas.Length);
        foreach (var replica in members.Replicas)
            candidates.Add(Candidate.Of(replica, replica == chosen ? null : Excluded(replica, tried), policy.Score(replica, context), context.Latency(replica), now));
        return new Decision { Chosen = chosen.Endpoint, Cause = cause, Candidates = candidates };

        string? Excluded(Replica replica, ReadOnlySpan<Replica> tried) =>
            tried.Contains(replica) ? "tried"
                : leaveOut?.Invoke(replica.Endpoint) is true ? "left out by the request"
                : list.IsSpare(replica) ? "others are preferred" : null;
    }

    // Spares and those of last resort are not in the list's own figure.
    static double Heaviest(Replica[] left)
    {
        var heaviest = 0.0;
        foreach (var replica in left) heaviest = Math.Max(heaviest, replica.Weight);
        return heaviest;
    }

    PickContext Context(Replica[] candidates, int version, double maxWeight, string? key, long typical, long now) => new()
    {
        Candidates = candidates,
        Version = version,
        Now = now,
        Random = random,
        Key = key,
        Typical = typical,
        LatencyDecay = latencyDecay,
        ReportDecay = reportDecay,
        MaxWeight = maxWeight,
    };
}
