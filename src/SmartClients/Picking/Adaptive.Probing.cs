using SmartClients.Learning;
using SmartClients.Membership;

namespace SmartClients.Picking;

/// <content>Where replicas answer probes: a client that has little in flight cannot know the queues, and asks.</content>
public sealed partial class Adaptive
{
    const int Asked = 4;
    const int Awaited = 3;

    /// <summary>Who has as many requests in flight at once knows enough of the queues from them.</summary>
    const double InFlightToKnow = 8;

    /// <summary>A wait for answers may be this part of what a request takes.</summary>
    const double PartToWait = 0.0625;

    /// <summary>How long an answer is of use, in parts of what a request takes.</summary>
    const double PartToTrust = 0.5;

    const long Census = Clock.Second / 16;
    const double Newest = 0.125;

    readonly LatestAnswers answers = new();
    FadingMean busy;
    double inFlight;
    long countedAt = long.MinValue / 2;
    double roundTrip;

    /// <inheritdoc/>
    public override ProbeWish Probe(in PickContext context, Span<Replica> whom)
    {
        var its = Volatile.Read(ref home);
        if (its.Version != context.Version || InFlight(its, context.Now) >= InFlightToKnow) return default;
        var typical = Typical(context);
        var worthIt = Volatile.Read(ref roundTrip) <= PartToWait * typical;
        // Where answers take too long to wait for, one request in many asks whether they still do.
        if (!worthIt && context.Random.Next(Explored) != 0) return default;
        var count = Best(its.Beliefs, context, typical, whom[..Asked]);
        foreach (var replica in whom[..count]) Volatile.Write(ref Of(replica).AskedAt, context.Now);
        return new ProbeWish(count, worthIt ? Math.Min(Awaited, count) : 0);
    }

    /// <inheritdoc/>
    public override void Reported(Replica replica, Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var belief = Of(replica);
        if (evidence.Report.Utilization is { } utilization)
        {
            // Busier than the others are, not than some figure: else whoever was heard would seem worse, or better, than who was not.
            busy.Add(Math.Min(utilization, 1), evidence.ReceivedAt);
            belief.Reported(utilization - busy.Value, evidence.ReceivedAt);
        }
        if (evidence.Report.RequestsInFlight is not { } present) return;
        if (evidence.Source == ReportSource.PiggyBacked) idle.Told(belief, present < 1, evidence.ReceivedAt);
        if (evidence.Source != ReportSource.Probed) return;
        double took = Math.Max(1, evidence.ReceivedAt - Volatile.Read(ref belief.AskedAt));
        var before = Volatile.Read(ref roundTrip);
        Volatile.Write(ref roundTrip, before > 0 ? before + (took - before) * Newest : took);
        answers.Add(belief.Answer = new PooledProbe(replica, evidence.ReceivedAt, present, 0));
    }

    /// <summary>Of those who have answered just now: the least of what they have in flight × latency lately.</summary>
    Replica? BestAnswer(in PickContext context, double typical)
    {
        var oldest = PartToTrust * typical;
        if (answers.Age(context.Now) > oldest) return null;
        PooledProbe? best = null;
        var least = double.PositiveInfinity;
        foreach (var answer in answers.All)
        {
            if (answer is null || context.Now - answer.ReceivedAt > oldest) continue;
            var belief = Of(answer.Replica);
            if (Volatile.Read(ref belief.Version) != context.Version || belief.Answer != answer) continue;
            // What was sent there since was not counted in the answer.
            var cost = (answer.InFlight + Volatile.Read(ref answer.Own) + 1) * belief.Pace(context.Now, typical);
            if (cost < least) (best, least) = (answer, cost);
        }
        if (best is null) return null;
        Interlocked.Increment(ref best.Own);
        return best.Replica;
    }

    // The best few at home, the best first; equals in a different order each time.
    static int Best(Belief[] beliefs, in PickContext context, double typical, Span<Replica> few)
    {
        Span<double> costs = stackalloc double[Asked];
        var (count, start) = (0, context.Random.Next(beliefs.Length));
        for (var n = 0; n < beliefs.Length; n++)
        {
            var belief = beliefs[(start + n) % beliefs.Length];
            var cost = Cost(belief, context.Now, typical);
            if (count == few.Length && cost >= costs[^1]) continue;
            var at = count < few.Length ? count++ : count - 1;
            for (; at > 0 && costs[at - 1] > cost; at--) (costs[at], few[at]) = (costs[at - 1], few[at - 1]);
            (costs[at], few[at]) = (cost, belief.Replica);
        }
        return count;
    }

    /// <summary>Requests in flight at home, over half a second or so.</summary>
    double InFlight(Home its, long now)
    {
        var mean = Volatile.Read(ref inFlight);
        if (now - Volatile.Read(ref countedAt) < Census) return mean;
        Volatile.Write(ref countedAt, now);
        var present = 0;
        foreach (var belief in its.Beliefs) present += belief.Replica.Vitals.InFlight;
        Volatile.Write(ref inFlight, mean += (present - mean) * Newest);
        return mean;
    }
}
