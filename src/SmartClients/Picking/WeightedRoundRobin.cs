using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Picking;

/// <summary>
/// gRPC's client-side weighted round robin (gRFC A58): a replica's weight is its requests per second over its utilization, as it
/// reports them itself, where errors count as utilization. Reports count from ten seconds after the first one, and for three minutes;
/// who has no weight is given the mean; with fewer than two weights it is a plain round robin.
/// </summary>
/// <remarks>The schedule is grpc-go's static stride scheduler (<c>balancer/weightedroundrobin/scheduler.go</c>): over 65,535 rounds each
/// replica is taken exactly as often as its weight says, and its turns lie evenly. As in gRPC's other languages, no weight is above ten
/// times the mean or below a tenth of it, which bounds the tries of a pick and keeps everybody's evidence fresh. Weights are looked at
/// once a second, after an attempt and not during a pick.</remarks>
public sealed class WeightedRoundRobin : Policy
{
    const int Full = 65_535;
    const int Apart = Full / 2;
    const int MostTries = 256;
    const double MostOfMean = 10;
    const double ErrorPenalty = 1;
    const long Blackout = 10 * Clock.Second;
    const long Expiry = 180 * Clock.Second;
    const long Update = Clock.Second;

    /// <summary>What a replica's reports come to.</summary>
    sealed class Reports
    {
        public double Weight;
        public long FirstAt;
        public long LastAt;
        public int Stride;

        /// <summary>The weight that counts now; 0 for none.</summary>
        public double Now(long now)
        {
            if (Volatile.Read(ref FirstAt) == 0) return 0;
            if (now - Volatile.Read(ref LastAt) >= Expiry)
            {
                Volatile.Write(ref FirstAt, 0);
                return 0;
            }
            return now - Volatile.Read(ref FirstAt) < Blackout ? 0 : Volatile.Read(ref Weight);
        }
    }

    sealed record Table(Reports[] Reports, double[] Weights);

    // Padded: the one counter that every thread writes should share its cache line with nothing else.
    readonly ulong[] counter = new ulong[16];
    Table table = new([], []);
    long due;
    int updating;
    int mean;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (Volatile.Read(ref counter[8]) == 0) Interlocked.CompareExchange(ref counter[8], (ulong)context.Random.Next(1, int.MaxValue), 0);
        var ordinary = Volatile.Read(ref mean);
        var n = (uint)context.Candidates.Length;
        for (var tries = 1; ; tries++)
        {
            var turn = Interlocked.Increment(ref counter[8]);
            var (round, index) = (turn / n, turn % n);
            var replica = context.Candidates[(int)index];
            if (ordinary == 0 || tries == MostTries) return replica;
            var stride = (ulong)(Volatile.Read(ref Of(replica).Stride) is > 0 and var its ? its : ordinary);
            if ((stride * round + index * Apart) % Full >= Full - stride) return replica;
        }
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return Volatile.Read(ref mean) > 0 && Of(replica).Stride is > 0 and var stride ? (double)Full / stride : double.NaN;
    }

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        var reports = new Reports[roster.Candidates.Length];
        for (var i = 0; i < reports.Length; i++) reports[i] = Of(roster.Candidates[i]);
        Volatile.Write(ref table, new Table(reports, new double[reports.Length]));
        Volatile.Write(ref due, 0);
    }

    /// <inheritdoc/>
    public override void Reported(Replica replica, Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(replica);
        ArgumentNullException.ThrowIfNull(evidence);
        var report = evidence.Report;
        var utilization = report.ApplicationUtilization is > 0 and var application ? application : report.CpuUtilization ?? 0;
        if (report.RequestsPerSecond is not (> 0 and var rate) || utilization <= 0) return;
        var weight = rate / (utilization + (report.ErrorsPerSecond ?? 0) / rate * ErrorPenalty);
        if (weight is not (> 0 and <= double.MaxValue)) return;
        var reports = Of(replica);
        Volatile.Write(ref reports.Weight, weight);
        Volatile.Write(ref reports.LastAt, evidence.ReceivedAt);
        if (Volatile.Read(ref reports.FirstAt) == 0) Volatile.Write(ref reports.FirstAt, Math.Max(1, evidence.ReceivedAt));
    }

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now)
    {
        if (now < Volatile.Read(ref due) || Interlocked.Exchange(ref updating, 1) != 0) return;
        Volatile.Write(ref due, now + Update);
        Weigh(Volatile.Read(ref table), now);
        Volatile.Write(ref updating, 0);
    }

    void Weigh(Table known, long now)
    {
        var (sum, count) = (0.0, 0);
        for (var i = 0; i < known.Weights.Length; i++)
            if ((known.Weights[i] = known.Reports[i].Now(now)) is > 0 and var weight) (sum, count) = (sum + weight, count + 1);
        if (count < 2 || !double.IsFinite(sum))
        {
            Volatile.Write(ref mean, 0);
            return;
        }
        var average = sum / count;
        var heaviest = Math.Min(known.Weights.Max(), MostOfMean * average);
        for (var i = 0; i < known.Weights.Length; i++)
            Volatile.Write(ref known.Reports[i].Stride, known.Weights[i] > 0
                ? Stride(Math.Clamp(known.Weights[i], average / MostOfMean, heaviest)) : 0);
        Volatile.Write(ref mean, Stride(average));

        int Stride(double weight) => Math.Max(1, (int)Math.Round(Full * weight / heaviest));
    }

    static Reports Of(Replica replica) => replica.Kept(static _ => new Reports());
}
