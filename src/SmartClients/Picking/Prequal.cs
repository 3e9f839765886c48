using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Picking;

/// <summary>
/// Prequal (Wydrowski, Kleinberg, Rumble, Archer, "Load is not what you should balance", NSDI 2024, §4): every request sends a few
/// probes and waits for none. Their answers form a small pool, of which the best is picked: the fastest of those that are not hot; when
/// all are hot, the one with least in flight. Hot is who has more in flight than most answers told lately.
/// </summary>
/// <remarks>
/// What the paper leaves open is settled thus. A new answer takes the place of an older one of the same replica. Where the number of
/// uses has no finite value, as with fewer replicas than the pool has places, it is sixteen. The pick comes first, then removal. The
/// quantile is over the last 128 answers. A replica that tells no latency counts as the fastest, so that somebody finds out. Equals are
/// drawn among. With fewer than two usable answers any replica is picked at random.
/// Error aversion, of which the paper says only that there is some: see <see cref="Aversion"/>.
/// It needs <see cref="Director.ProbeLoad"/>; reports that were polled or pushed serve as well, older as they are. Those that come
/// along with replies do not: they tell of whom this client prefers already. A pick looks at the pool, whatever the number of replicas.
/// </remarks>
public sealed class Prequal : Policy
{
    const int Fewest = 2;
    const double MostUses = 16;

    /// <summary>What the policy keeps with a replica: the last roster that named it, and how it failed lately.</summary>
    sealed class Note
    {
        public int Version;
        public Aversion Aversion;
    }

    readonly PrequalOptions options;
    readonly PooledProbe?[] pool;
    readonly RecentQuantile quantile;
    readonly Portion probes;
    readonly Portion removals;
    readonly long oldest;
    Portion uses = new(MostUses);
    int removed;

    /// <summary>A policy with these parameters.</summary>
    /// <param name="options">Those of the paper when left out.</param>
    /// <exception cref="ArgumentException">A parameter is out of range.</exception>
    public Prequal(PrequalOptions? options = null)
    {
        this.options = options ?? new PrequalOptions();
        this.options.Validate();
        pool = new PooledProbe?[this.options.PoolSize];
        quantile = new RecentQuantile(this.options.HotQuantile);
        (probes, removals) = (new Portion(this.options.ProbesPerRequest), new Portion(this.options.RemovedPerRequest));
        oldest = Clock.Nanoseconds(this.options.MaxAge);
    }

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        var best = new Choice(this, context.Random, wanted: true);
        var usable = 0;
        for (var i = 0; i < pool.Length; i++)
        {
            if (Volatile.Read(ref pool[i]) is not { } probe) continue;
            if (context.Now - probe.ReceivedAt > oldest) Remove(i, probe);
            else if (IsCandidate(probe.Replica, context))
            {
                best.Consider(i, probe, context.Now);
                usable++;
            }
        }
        var picked = usable < Fewest ? context.Candidates[context.Random.Next(context.Candidates.Length)] : Use(best);
        for (var n = removals.Next(); n > 0; n--) RemoveOne(context);
        return picked;
    }

    Replica Use(in Choice best)
    {
        var probe = best.Probe!;
        // This very request will be in flight there; the answer was written before it.
        Interlocked.Increment(ref probe.Own);
        if (Interlocked.Decrement(ref probe.UsesLeft) <= 0) Remove(best.Index, probe);
        return probe.Replica;
    }

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context)
    {
        foreach (var probe in pool)
            if (probe?.Replica == replica)
                return InFlight(probe, context.Now) is var inFlight && IsHot(inFlight) ? 1 + inFlight : probe.Latency / (1 + probe.Latency);
        return double.NaN;
    }

    /// <inheritdoc/>
    public override void Changed(in Roster roster)
    {
        foreach (var replica in roster.Candidates) Volatile.Write(ref Of(replica).Version, roster.Version);
        // b_reuse = max{1, (1+δ) / ((1−m/n)·r_probe − r_remove)}: as long as answers come faster than they are taken out, they need last no longer.
        var spare = (1 - (double)pool.Length / roster.Candidates.Length) * options.ProbesPerRequest - options.RemovedPerRequest;
        Volatile.Write(ref uses, new Portion(spare <= 0 ? MostUses : Math.Clamp((1 + options.Surplus) / spare, 1, MostUses)));
    }

    /// <inheritdoc/>
    public override void Observe(Replica replica, in Outcome outcome, long took, long now)
    {
        if (outcome.Kind is OutcomeKind.Succeeded or OutcomeKind.Failed or OutcomeKind.PushedBack)
            Of(replica).Aversion.Observe(outcome.Kind != OutcomeKind.Succeeded, now);
    }

    /// <inheritdoc/>
    public override void Reported(Replica replica, Evidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        if (evidence is not { Source: not ReportSource.PiggyBacked, Report.RequestsInFlight: { } inFlight }) return;
        quantile.Add(inFlight);
        Add(new PooledProbe(replica, evidence.ReceivedAt, inFlight, evidence.Report.Latency ?? 0) { UsesLeft = Math.Max(1, Volatile.Read(ref uses).Next()) });
    }

    /// <inheritdoc/>
    public override ProbeWish Probe(in PickContext context, Span<Replica> whom)
    {
        var count = Math.Min(Math.Min(probes.Next(), ProbeWish.Most), context.Candidates.Length);
        context.Draw(whom[..count]);
        return new ProbeWish(count);
    }

    // Two answers that come at once may take the same place: the second looks again.
    void Add(PooledProbe probe)
    {
        while (true)
        {
            var (place, held) = (0, Volatile.Read(ref pool[0]));
            for (var i = 0; i < pool.Length; i++)
            {
                var its = Volatile.Read(ref pool[i]);
                if (its?.Replica == probe.Replica)
                {
                    (place, held) = (i, its);
                    break;
                }
                if (held is not null && (its is null || its.ReceivedAt < held.ReceivedAt)) (place, held) = (i, its);
            }
            if (Interlocked.CompareExchange(ref pool[place], probe, held) == held) return;
        }
    }

    void RemoveOne(in PickContext context)
    {
        if ((Interlocked.Increment(ref removed) & 1) == 0)
        {
            var worst = new Choice(this, context.Random, wanted: false);
            for (var i = 0; i < pool.Length; i++)
                if (Volatile.Read(ref pool[i]) is { } probe) worst.Consider(i, probe, context.Now);
            if (worst.Probe is { } found) Remove(worst.Index, found);
            return;
        }
        var (place, oldestHeld) = (0, (PooledProbe?)null);
        for (var i = 0; i < pool.Length; i++)
            if (Volatile.Read(ref pool[i]) is { } probe && (oldestHeld is null || probe.ReceivedAt < oldestHeld.ReceivedAt)) (place, oldestHeld) = (i, probe);
        if (oldestHeld is not null) Remove(place, oldestHeld);
    }

    void Remove(int place, PooledProbe probe) => Interlocked.CompareExchange(ref pool[place], null, probe);

    static bool IsCandidate(Replica replica, in PickContext context) =>
        context.Version != 0 && Volatile.Read(ref Of(replica).Version) == context.Version
        || context.Version == 0 && context.Candidates.Contains(replica);

    bool IsHot(double inFlight) => options.HotQuantile switch
    {
        0 => true,
        1 => false,
        _ => options.HotAtQuantile ? inFlight >= quantile.Value : inFlight > quantile.Value,
    };

    static double InFlight(PooledProbe probe, long now) =>
        (probe.InFlight + Volatile.Read(ref probe.Own) + 1) * Of(probe.Replica).Aversion.Factor(now) - 1;

    static Note Of(Replica replica) => replica.Kept(static _ => new Note());

    /// <summary>The best answer of those considered, or the worst: by the hot-cold lexicographic rule.</summary>
    ref struct Choice(Prequal policy, Random random, bool wanted)
    {
        bool hot;
        double load;
        int ties;

        public PooledProbe? Probe { get; private set; }

        public int Index { get; private set; }

        public void Consider(int index, PooledProbe probe, long now)
        {
            var inFlight = InFlight(probe, now);
            var itsHot = policy.IsHot(inFlight);
            var its = itsHot ? inFlight : probe.Latency * Of(probe.Replica).Aversion.Factor(now);
            var order = Probe is null ? -1 : itsHot != hot ? (itsHot ? 1 : -1) : its.CompareTo(load);
            if (!wanted && Probe is not null) order = -order;
            if (order > 0) return;
            ties = order < 0 ? 1 : ties + 1;
            if (ties > 1 && random.Next(ties) != 0) return;
            (Probe, Index, hot, load) = (probe, index, itsHot, its);
        }
    }
}
