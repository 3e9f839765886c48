using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Picking;

/// <summary>
/// Shortest expected delay among the replicas of a home: of up to 64 replicas, the client's own by its chance, the one with the least
/// requests in flight × latency lately. It beats the better of two wherever several clients share the replicas, and needs no help from
/// them: docs/adaptive.md says why, and where it loses.
/// </summary>
/// <remarks>
/// What a client has in flight itself is all that it surely knows of a queue, and of many clients each knows little. But a client that
/// always takes the best of the same few, by a memory of seconds, drifts to replicas that others leave alone: then it knows most of their
/// queue after all, and the group divides itself without a word between the clients. Two others, drawn at random, are looked at for each
/// pick, and taken when they are better by half: so nobody's home is a trap, and a slow home empties. Who is within a tenth of the best
/// is as good, and each 32nd pick is the better of two that do not fail: so a group without queues is shared evenly, and what is known of nobody
/// grows old. Where replies tell how many requests a replica has in flight, the next request goes to one that has just told this client that it has
/// none, unless it is slower: <see cref="LatelyIdle"/>. A pick costs at most 66 looks while somebody at home is idle. Where nobody is, as for a client that is
/// alone, it takes the best of everybody, or of some 256 of them. Where replicas answer probes, a client that has little in flight asks the best few of its home before
/// each pick, and takes the least of what they have in flight, all clients' requests together, × latency lately.
/// </remarks>
public sealed partial class Adaptive : Policy
{
    const int Small = 16;
    const double ShareAtHome = 0.6;
    const double BetterAbroad = 1.5;
    const int Explored = 32;
    const double FailureCost = 20;

    /// <summary>How much slower than the best, lately, who is known to be idle may be.</summary>
    const double SlowerWhenIdle = 1.25;

    /// <summary>Parts of all that a pick looks at where nobody is idle.</summary>
    const int MostParts = 4;

    readonly LatelyIdle idle = new();
    FadingMean group;
    Home home = new(-1, [], isEverybody: true);
    Home[] everybody = [];
    ulong seed;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (context.Candidates.Length == 1) return context.Candidates[0];
        var (now, typical) = (context.Now, Typical(context));
        var its = Volatile.Read(ref home);
        if (its.Version != context.Version || its.Beliefs.Length == 0) return BestOf(context.Candidates, context, typical);
        if (BestAnswer(context, typical) is { } told) return told;
        // One draw for both: five bits whether to explore, others whom of those who are as good.
        var chance = (ulong)context.Random.NextInt64();
        var (best, least) = its.Best(now, typical, (uint)(chance >> 31));
        if (best.Replica.Vitals.InFlight == 0 && idle.Take(context, typical, least * SlowerWhenIdle) is { } idler) return idler;
        if (chance % Explored == 0 && Exploring(context, typical, best.Replica.Vitals.InFlight) is { } found) return found;
        if (its.IsEverybody) return best.Replica;
        if (best.Replica.Vitals.InFlight > 0) return BestOfAll(context, typical, best, least);
        var (one, other) = context.DrawTwo();
        var (first, second) = (Cost(Of(one), now, typical) * BetterAbroad, Cost(Of(other), now, typical) * BetterAbroad);
        return first < least ? second < first ? other : one : second < least ? other : best.Replica;
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return Cost(Of(replica), context.Now, Typical(context));
    }

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        if (seed == 0) seed = (ulong)roster.Random.NextInt64(1, long.MaxValue);
        var all = roster.Candidates.ToArray();
        foreach (var replica in all) Volatile.Write(ref Of(replica).Version, roster.Version);
        var size = all.Length <= Small ? all.Length : Math.Min(Home.Most, Math.Max(Small, (int)(all.Length * ShareAtHome)));
        if (size < all.Length) Array.Sort(Array.ConvertAll(all, replica => KeyHash.Distance(seed, replica)), all);
        Volatile.Write(ref everybody, size < all.Length ? Parts(all, roster.Version) : []);
        Array.Resize(ref all, size);
        Volatile.Write(ref home, new Home(roster.Version, Array.ConvertAll(all, Of), size == roster.Candidates.Length));
    }

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now)
    {
        ArgumentNullException.ThrowIfNull(replica);
        var belief = Of(replica);
        // Given up before anything was known of it, and before others would have answered: that says nothing.
        if (belief.IsEmpty && outcome.Kind is OutcomeKind.Overtaken or OutcomeKind.NotItsFault && took < group.Value) return;
        double sample = outcome.Kind switch
        {
            OutcomeKind.Succeeded => took,
            OutcomeKind.Failed or OutcomeKind.PushedBack => Math.Max(took, FailureCost * group.Value),
            // Given up: it would have taken longer than this.
            _ => Math.Max(took, belief.Mean),
        };
        if (outcome.Kind == OutcomeKind.Succeeded) group.Add(sample, now);
        belief.Took(sample, now, group.Value > 0 ? group.Value : sample);
    }

    static Home[] Parts(Replica[] all, int version)
    {
        var count = (all.Length + Home.Most - 1) / Home.Most;
        return [.. all.Chunk((all.Length + count - 1) / count).Select(part => new Home(version, Array.ConvertAll(part, Of), isEverybody: true))];
    }

    // Nobody at home is idle: who keeps its home busy by itself has no use for one. A part after the other, from one at random, until one has somebody idle.
    Replica BestOfAll(in PickContext context, double typical, Belief best, double least)
    {
        var parts = Volatile.Read(ref everybody);
        var chance = (ulong)context.Random.NextInt64();
        var start = (int)(chance & 0xFFFF);
        for (var n = 0; n < Math.Min(parts.Length, MostParts) && best.Replica.Vitals.InFlight > 0; n++)
        {
            var part = parts[(start + n) % parts.Length];
            if (part.Version != context.Version) break;
            if (part.Best(context.Now, typical, (uint)(chance >> 31)) is var (other, cost) && cost < least) (best, least) = (other, cost);
        }
        return best.Replica;
    }

    // Where many fail at once, as when a zone is gone, often both of two do: a request is too much to find that out again with.
    // Nor is anybody sent to wait where the best would not have.
    static Replica? Exploring(in PickContext context, double typical, int most)
    {
        var (one, other) = context.DrawTwo();
        var better = Cost(Of(other), context.Now, typical) < Cost(Of(one), context.Now, typical) ? other : one;
        if (better.Vitals.InFlight > most) return null;
        return better.Vitals.FailuresInARow == 0 || Of(better).HasFaded(context.Now) ? better : null;
    }

    static Replica BestOf(ReadOnlySpan<Replica> candidates, in PickContext context, double typical)
    {
        var start = context.Random.Next(candidates.Length);
        var looks = Math.Min(candidates.Length, Home.Most);
        var (best, least) = (candidates[start], double.PositiveInfinity);
        for (var n = 0; n < looks; n++)
        {
            var replica = candidates[(start + n) % candidates.Length];
            if (Cost(Of(replica), context.Now, typical) is var its && its < least) (best, least) = (replica, its);
        }
        return best;
    }

    static double Cost(Belief belief, long now, double typical) =>
        (belief.Replica.Vitals.InFlight + 1) * belief.Pace(now, typical);

    double Typical(in PickContext context) => group.Value is > 0 and var mean ? mean : context.Typical;

    static Belief Of(Replica replica) => replica.Kept(static its => new Belief(its));
}
