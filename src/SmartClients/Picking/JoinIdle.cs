using System.Collections.Concurrent;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Picking;

/// <summary>
/// Join the idle queue (Lu, Xie, Kliot, Geller, Larus, Greenberg, Performance Evaluation 68, 2011): a replica that says it has nothing to
/// do is lined up, and the next request goes to the one that has waited longest; when nobody waits, another policy picks.
/// </summary>
/// <remarks>For servers that can call back: it needs reports of the moment, pushed ones best (<c>ListenForLoad</c>); those that come along with
/// replies and probes serve as well. A replica is taken out of the line by the pick, or by a report that it is busy. The paper's servers
/// tell one client of many that they are idle; ours tell all that listen, so that with many clients of a small group several may take
/// the same one, as with any report that is old by the time it is used. A pick costs one look into the line.</remarks>
/// <param name="otherwise">Picks when nobody is idle. One that keeps nothing with replicas.</param>
public sealed class JoinIdle(Policy otherwise) : Policy
{
    sealed class Place(Replica replica)
    {
        public readonly Replica Replica = replica;
        public int Version;
        public int InLine;
        public bool Idle;
    }

    readonly ConcurrentQueue<Place> line = [];

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        // Each place left behind is passed over once.
        while (line.TryDequeue(out var place))
        {
            Volatile.Write(ref place.InLine, 0);
            if (!Volatile.Read(ref place.Idle)) continue;
            Volatile.Write(ref place.Idle, false);
            if (place.Replica.Vitals.InFlight == 0 && IsCandidate(place, context)) return place.Replica;
        }
        return otherwise.Pick(context);
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return Volatile.Read(ref Of(replica).Idle) ? 0 : otherwise.Score(replica, context);
    }

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        foreach (var replica in roster.Candidates) Volatile.Write(ref Of(replica).Version, roster.Version);
        otherwise.Changed(roster);
    }

    /// <inheritdoc/>
    public override void Reported(Replica replica, Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(replica);
        ArgumentNullException.ThrowIfNull(evidence);
        otherwise.Reported(replica, evidence);
        if (evidence.Report.RequestsInFlight is not { } inFlight) return;
        var place = Of(replica);
        var idle = inFlight < 1;
        Volatile.Write(ref place.Idle, idle);
        if (idle && Interlocked.Exchange(ref place.InLine, 1) == 0) line.Enqueue(place);
    }

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now) => otherwise.Observe(replica, outcome, took, now);

    /// <inheritdoc/>
    public override ProbeWish Probe(in PickContext context, Span<Replica> whom) => otherwise.Probe(context, whom);

    static bool IsCandidate(Place place, in PickContext context) =>
        context.Version != 0 ? Volatile.Read(ref place.Version) == context.Version : context.Candidates.Contains(place.Replica);

    static Place Of(Replica replica) => replica.Kept(static r => new Place(r));
}
