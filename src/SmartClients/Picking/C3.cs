using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Picking;

/// <summary>
/// C3's replica ranking (Suresh, Canini, Schmid, Feldmann, NSDI 2015, §3.1): Ψ = R − 1/μ + q³/μ, with R the response time that the
/// client sees, 1/μ the service time and q the queue that the replica reports, plus what this client has in flight there, once for each
/// client. The cube keeps clients away from long queues even of fast replicas. The least of three drawn at random is taken.
/// </summary>
/// <remarks>
/// The averages give the newest sample nine tenths, as the authors' simulator does (<c>lalithsuresh/absim</c>). Three at random stand for
/// the paper's replica group: every client that ranks all replicas herds. Its rate control is not here: a policy picks and holds nobody
/// up. A replica that does not report its latency is taken to serve in the time that the client sees. A failure counts as twenty times
/// the response time so far, and what is old counts less and less.
/// </remarks>
/// <param name="clients">How many clients send as much as this one, as far as is known.</param>
public sealed class C3(double clients = 1) : Policy
{
    const int Group = 3;
    const double Newest = 0.9;
    const double FailureCost = 20;

    sealed class Averages
    {
        public double Response;
        public double Service;
        public double Queue;
        public long ObservedAt;
        public long ReportedAt;
    }

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (context.Candidates.Length == 1) return context.Candidates[0];
        ProbeTargets room = default;
        var drawn = room[..Math.Min(Group, context.Candidates.Length)];
        context.Draw(drawn);
        var (best, least, ties) = (drawn[0], double.PositiveInfinity, 0);
        foreach (var replica in drawn)
        {
            var its = Score(replica, context);
            if (its > least) continue;
            ties = its < least ? 1 : ties + 1;
            if (ties == 1 || context.Random.Next(ties) == 0) best = replica;
            least = its;
        }
        return best;
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        var averages = Of(replica);
        var observed = Weight(Volatile.Read(ref averages.ObservedAt), context.Now, context.LatencyDecay);
        var reported = Weight(Volatile.Read(ref averages.ReportedAt), context.Now, context.ReportDecay);
        var response = context.Typical + (Volatile.Read(ref averages.Response) - context.Typical) * observed;
        var service = response + ((Volatile.Read(ref averages.Service) is > 0 and var its ? its : response) - response) * reported;
        var queue = 1 + replica.Vitals.InFlight * clients + Volatile.Read(ref averages.Queue) * reported;
        // Of two measurements by two clocks the difference may come out below nothing.
        service = Math.Max(1, service);
        return Math.Max(0, response - service) + queue * queue * queue * service / replica.Endpoint.Weight;
    }

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now)
    {
        ArgumentNullException.ThrowIfNull(replica);
        var averages = Of(replica);
        var before = Volatile.Read(ref averages.Response);
        var sample = outcome.Kind switch
        {
            OutcomeKind.Succeeded => took,
            OutcomeKind.Failed or OutcomeKind.PushedBack => Math.Max(took, FailureCost * before),
            // Given up: it would have taken longer than this.
            _ => Math.Max(took, before),
        };
        Fold(ref averages.Response, sample, Volatile.Read(ref averages.ObservedAt));
        Volatile.Write(ref averages.ObservedAt, Math.Max(1, now));
    }

    /// <inheritdoc/>
    public override void Reported(Replica replica, Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(replica);
        ArgumentNullException.ThrowIfNull(evidence);
        if (evidence.Report.RequestsInFlight is not { } queue) return;
        var averages = Of(replica);
        var last = Volatile.Read(ref averages.ReportedAt);
        Fold(ref averages.Queue, queue, last);
        if (evidence.Report.Latency is { } milliseconds) Fold(ref averages.Service, milliseconds * Clock.Millisecond, last);
        Volatile.Write(ref averages.ReportedAt, Math.Max(1, evidence.ReceivedAt));
    }

    // A sample that two threads lose between them is one of many.
    static void Fold(ref double average, double sample, long last) =>
        Volatile.Write(ref average, last == 0 ? sample : Volatile.Read(ref average) + (sample - Volatile.Read(ref average)) * Newest);

    static double Weight(long at, long now, double decay) => at == 0 ? 0 : now <= at ? 1 : Math.Exp((at - now) / decay);

    static Averages Of(Replica replica) => replica.Kept(static _ => new Averages());
}
