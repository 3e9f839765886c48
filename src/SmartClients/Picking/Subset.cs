using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Picking;

/// <summary>
/// Some of the replicas only, drawn at random once for each client by rendezvous hashing (gRFC A68, "random subsetting"): for fleets in
/// which every client's connection to every server would be too many. When a replica leaves, one other takes its place and the rest of
/// the subset stays; clients that come and go move nobody else's. Which of the subset is left to another policy.
/// </summary>
/// <remarks>With C clients, each server has about C × size ÷ servers of them, give or take the square root of that: take the subset large enough
/// for it to be balanced. It bounds the connections that requests make; who polls, listens, probes or sends keep-alives asks all members
/// all the same. A retry stays in the subset while somebody there is untried, and then goes to whoever would come next.</remarks>
/// <param name="within">Picks one of the subset.</param>
/// <param name="size">How many replicas. At least 1.</param>
public sealed class Subset(Policy within, int size = Subset.Usual) : Policy
{
    /// <summary>The size unless told otherwise: 20, as in Google's practice (Site Reliability Engineering, 2016, chapter 20).</summary>
    public const int Usual = 20;

    sealed record Chosen(int Version, Replica[] Replicas, ulong Last);

    readonly int size = size >= 1 ? size : throw new ArgumentOutOfRangeException(nameof(size), size, "A subset has at least 1 replica.");
    Chosen? chosen;
    ulong seed;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (Volatile.Read(ref chosen) is not { } its) return within.Pick(context);
        if (its.Version == context.Version) return within.Pick(context.Among(its.Replicas, its.Version));
        var left = new Gathered(context.Candidates.Length);
        var (next, least) = (context.Candidates[0], ulong.MaxValue);
        foreach (var replica in context.Candidates)
        {
            var rank = Rank(replica);
            if (rank <= its.Last) left.Add(replica);
            if (rank < least) (next, least) = (replica, rank);
        }
        if (left.Count > 0) next = within.Pick(context.Among(left.All, 0));
        left.Return();
        return next;
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context) => within.Score(replica, context);

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        if (seed == 0) seed = (ulong)roster.Random.NextInt64(1, long.MaxValue);
        var all = roster.Candidates.ToArray();
        var ranks = Array.ConvertAll(all, Rank);
        var last = ranks.Length <= size ? ulong.MaxValue : ranks.Order().ElementAt(size - 1);
        var some = Array.FindAll(all, r => Rank(r) <= last);
        within.Changed(new Roster { Candidates = some, Version = roster.Version, Random = roster.Random, Zone = roster.Zone });
        Volatile.Write(ref chosen, new Chosen(roster.Version, some, last));
    }

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now) => within.Observe(replica, outcome, took, now);

    /// <inheritdoc/>
    public override void Reported(Replica replica, Evidence evidence) => within.Reported(replica, evidence);

    /// <inheritdoc/>
    public override ProbeWish Probe(in PickContext context, Span<Replica> whom) =>
        Volatile.Read(ref chosen) is { } its && its.Version == context.Version
            ? within.Probe(context.Among(its.Replicas, its.Version), whom) : within.Probe(context, whom);

    ulong Rank(Replica replica) => KeyHash.Mix(KeyHash.Of(replica.Endpoint.Address) ^ seed);
}
