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
/// is as good, and each 32nd pick is the better of two: so a group without queues is shared evenly, and what is known of nobody grows
/// old. A pick costs at most 66 looks. Where replicas answer probes, a client that has little in flight asks the best few of its home before
/// each pick, and takes the least of what they have in flight, all clients' requests together, × latency lately.
/// </remarks>
public sealed partial class Adaptive : Policy
{
    const int Small = 16;
    const double ShareAtHome = 0.6;
    const double BetterAbroad = 1.5;
    const int Explored = 32;
    const double FailureCost = 20;

    FadingMean group;
    Home home = new(-1, [], isEverybody: true);
    ulong seed;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (context.Candidates.Length == 1) return context.Candidates[0];
        var (now, typical) = (context.Now, Typical(context));
        var its = Volatile.Read(ref home);
        if (its.Version != context.Version || its.Beliefs.Length == 0) return BestOf(context.Candidates, context, typical);
        // One draw for both: five bits whether to explore, others whom of those who are as good.
        var chance = (ulong)context.Random.NextInt64();
        if (chance % Explored == 0) return Exploring(context, typical);
        if (BestAnswer(context, typical) is { } told) return told;
        var (best, least) = its.Best(context.Now, typical, (uint)(chance >> 31));
        if (its.IsEverybody) return best.Replica;
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
        var size = all.Length <= Small ? all.Length : Math.Min(Home.Most, Math.Max(Small, (int)(all.Length * ShareAtHome)));
        if (size < all.Length)
        {
            Array.Sort(Array.ConvertAll(all, replica => KeyHash.Distance(seed, replica)), all);
            Array.Resize(ref all, size);
        }
        Volatile.Write(ref home, new Home(roster.Version, Array.ConvertAll(all, Of), size == roster.Candidates.Length));
    }

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now)
    {
        ArgumentNullException.ThrowIfNull(replica);
        var belief = Of(replica);
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

    static Replica Exploring(in PickContext context, double typical)
    {
        var (one, other) = context.DrawTwo();
        return Cost(Of(other), context.Now, typical) < Cost(Of(one), context.Now, typical) ? other : one;
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
