using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Picking;

/// <summary>
/// Stays in the client's own zone (<see cref="DirectorOptions.Zone"/>) and spills over into the others as far as its own is overloaded.
/// How loaded a zone is, its replicas' reports say; where they say nothing, the latency that the client sees. Three requests in a hundred
/// go elsewhere in any case, so that what is known of the others is never old (as in Envoy's load-aware locality balancing). Which
/// replica of a zone's is left to another policy.
/// </summary>
/// <remarks>
/// The part that spills over is moved a little at every look, four times a second, towards where both sides are equally loaded: by half
/// of the difference each second. A zone may be a tenth fuller than the others before anything is sent over. Without a zone of its own,
/// or without replicas in it, it is the other policy alone. A pick costs one number more than the other policy's; a pick from a list of
/// its own, as for a retry, looks at all of the list.
/// </remarks>
/// <param name="within">Makes the policies that pick within a zone: one for the client's own, one for the others.</param>
public sealed class ZoneAware(Func<Policy> within) : Policy
{
    const double Least = 0.03;
    const double Most = 0.97;
    const double Slack = 0.1;
    const double Gain = 0.5;
    const long Every = Clock.Second / 4;
    const double Longest = 1;
    const double Decay = 5 * Clock.Second;

    sealed record Zones(int Version, string Own, Replica[] Near, Replica[] Far);

    readonly Policy near = within();
    readonly Policy far = within();
    Zones? zones;
    double spill = Least;
    long due;
    long lookedAt;
    int looking;

    /// <summary>The part of the requests that goes to other zones.</summary>
    public double Spill => Volatile.Read(ref spill);

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (Volatile.Read(ref zones) is not { } its) return near.Pick(context);
        var away = context.Random.NextDouble() < Spill;
        if (its.Version == context.Version)
            return away ? far.Pick(context.Among(its.Far, its.Version)) : near.Pick(context.Among(its.Near, its.Version));
        var side = new Gathered(context.Candidates.Length);
        foreach (var replica in context.Candidates)
            if (replica.Endpoint.Zone == its.Own != away) side.Add(replica);
        var by = away ? far : near;
        var picked = by.Pick(context.Among(side.Count == 0 ? context.Candidates : side.All, 0));
        side.Return();
        return picked;
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context) => (IsFar(replica) ? far : near).Score(replica, context);

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        var own = roster.Zone;
        var all = roster.Candidates.ToArray();
        var here = Array.FindAll(all, r => r.Endpoint.Zone == own);
        if (own is null || here.Length == 0 || here.Length == all.Length)
        {
            near.Changed(roster);
            Volatile.Write(ref zones, null);
            return;
        }
        var there = Array.FindAll(all, r => r.Endpoint.Zone != own);
        near.Changed(new Roster { Candidates = here, Version = roster.Version, Random = roster.Random, Zone = own });
        far.Changed(new Roster { Candidates = there, Version = roster.Version, Random = roster.Random, Zone = own });
        Volatile.Write(ref zones, new Zones(roster.Version, own, here, there));
    }

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now)
    {
        (IsFar(replica) ? far : near).Observe(replica, outcome, took, now);
        if (now < Volatile.Read(ref due) || Volatile.Read(ref zones) is not { } its || Interlocked.Exchange(ref looking, 1) != 0) return;
        var since = lookedAt == 0 ? 0 : Math.Min(Longest, (now - lookedAt) / (double)Clock.Second);
        Volatile.Write(ref spill, Math.Clamp(Spill + since * Gain * Excess(its, now), Least, Most));
        lookedAt = now;
        Volatile.Write(ref due, now + Every);
        Volatile.Write(ref looking, 0);
    }

    /// <inheritdoc/>
    public override void Reported(Replica replica, Evidence evidence) => (IsFar(replica) ? far : near).Reported(replica, evidence);

    /// <inheritdoc/>
    public override ProbeWish Probe(in PickContext context, Span<Replica> whom) =>
        Volatile.Read(ref zones) is { } its && its.Version == context.Version
            ? near.Probe(context.Among(its.Near, its.Version), whom) : near.Probe(context, whom);

    bool IsFar(Replica replica) => Volatile.Read(ref zones) is { } its && replica.Endpoint.Zone != its.Own;

    /// <summary>How much fuller the own zone is than the others, beyond what is allowed; below 0 when it has room.</summary>
    static double Excess(Zones its, long now)
    {
        var (here, there) = (Utilization(its.Near, now), Utilization(its.Far, now));
        if (here is { } full && there is { } others) return full - others - Slack;
        // Twice as slow counts as much as being fuller by seven tenths.
        return Latency(its.Near, now) is { } slow && Latency(its.Far, now) is { } fast ? Math.Log(slow / fast) - Slack : -Slack;
    }

    // What half of a zone says stands for all of it.
    static double? Utilization(Replica[] replicas, long now)
    {
        var (sum, count) = (0.0, 0);
        foreach (var replica in replicas)
            if (replica.Vitals.Evidence is { Report.Utilization: { } utilization } evidence && now - evidence.ReceivedAt < 2 * Decay)
                (sum, count) = (sum + Math.Min(utilization, 2), count + 1);
        return count > 0 && 2 * count >= replicas.Length ? sum / count : null;
    }

    static double? Latency(Replica[] replicas, long now)
    {
        var (sum, count) = (0.0, 0);
        foreach (var replica in replicas)
            if (replica.Vitals.LatencyAge(now) < 2 * Decay) (sum, count) = (sum + replica.Vitals.Latency(now, Decay, 0), count + 1);
        return count > 0 && sum > 0 ? sum / count : null;
    }
}
