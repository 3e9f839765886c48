using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Picking;

/// <summary>
/// Stays with the replica of the last request while it is satisfactory (§4.2 of the paper: connections and caches stay warm), and
/// asks another policy when it is not: out, failing, or more than twice as slow as the group.
/// </summary>
/// <param name="otherwise">Who picks the next one.</param>
/// <param name="enough">A latency that satisfies, whatever the group's.</param>
public sealed class SiteAffinity(Policy otherwise, TimeSpan enough = default) : Policy
{
    readonly long enough = Clock.Nanoseconds(enough);
    Replica? last;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        var stay = Volatile.Read(ref last);
        var satisfied = stay is not null && Satisfactory(stay, context);
        if (satisfied && context.Candidates.Contains(stay)) return stay!;
        var next = otherwise.Pick(context);
        // A satisfactory one that is no candidate was asked by this request already: a copy goes elsewhere, the next request does not.
        if (!satisfied) Volatile.Write(ref last, next);
        return next;
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context) =>
        ReferenceEquals(replica, Volatile.Read(ref last)) ? 0 : otherwise.Score(replica, context);

    /// <inheritdoc/>
    public override void Changed(in Roster roster) => otherwise.Changed(roster);

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now) => otherwise.Observe(replica, outcome, took, now);

    /// <inheritdoc/>
    public override void Reported(Replica replica, Evidence evidence) => otherwise.Reported(replica, evidence);

    /// <inheritdoc/>
    public override ProbeWish Probe(in PickContext context, Span<Replica> whom) =>
        Volatile.Read(ref last) is { } stay && Satisfactory(stay, context) ? default : otherwise.Probe(context, whom);

    bool Satisfactory(Replica replica, in PickContext context) =>
        replica.Standing.TakesRequests && replica.Vitals.FailuresInARow == 0 && context.Latency(replica) <= Math.Max(enough, 2 * context.Typical);
}
