using System.Collections.Immutable;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Naming.State;

namespace SmartClients.Candidates;

/// <summary>
/// What an earlier process learnt, as something to begin with. A latency is believed less the older it is, and blurred by chance: a
/// thousand clients that start from one image must not all find the same replica the best. An ejection lasts at most for what was
/// left of it, and ends at a moment of each client's own, with a trial as always.
/// </summary>
internal sealed class Recollection(DirectorOptions options, Clock clock)
{
    static readonly TimeSpan HalfLife = TimeSpan.FromHours(1);
    static readonly TimeSpan Forgotten = TimeSpan.FromDays(1);
    static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);
    const double Blur = 0.2;
    const int Most = 10_000;

    /// <summary>The members, with what is left to believe of each.</summary>
    /// <param name="set">Who they are.</param>
    /// <param name="age">How long ago that was learnt.</param>
    /// <param name="lessons">What was learnt of them.</param>
    public Members Members(MemberSet set, TimeSpan age, SavedLessons? lessons)
    {
        var now = clock.Now;
        var learned = now - Clock.Nanoseconds(age);
        var members = Membership.Members.None.Next(set, ImmutableDictionary<string, Replica>.Empty, learned);
        if (lessons is null) return members;
        var wall = clock.Time.GetUtcNow();
        List<(Replica Replica, SavedReplica Saved)> ejected = [];
        foreach (var saved in lessons.Replicas)
        {
            if (members.Find(saved.Address) is not { } replica) continue;
            Assume(replica, saved, lessons.Typical, wall, now);
            if (saved.OutUntil is { } until && wall - until <= options.MaxEjectionTime) ejected.Add((replica, saved));
        }
        // Those that were to be out longest, and never more than may be out.
        foreach (var (replica, saved) in ejected.OrderByDescending(e => e.Saved.OutUntil).Take(Ejection.MostOut(members.Replicas.Length, options.MaxOut)))
            Eject(replica, saved, wall, now);
        return members;
    }

    void Assume(Replica replica, SavedReplica saved, TimeSpan? typical, DateTimeOffset wall, long now)
    {
        var age = wall - saved.Measured;
        if (saved.Latency is not { } latency || age > Forgotten || age < -ClockSkew) return;
        var weight = Math.Pow(0.5, Math.Max(0, age / HalfLife));
        var usual = typical ?? latency;
        var believed = usual + (latency - usual) * weight;
        replica.Learning.Assume(
            Clock.Nanoseconds(believed) * (1 - Blur + 2 * Blur * options.Random.NextDouble()), Math.Max(0, Clock.Nanoseconds(age)), now);
    }

    void Eject(Replica replica, SavedReplica saved, DateTimeOffset wall, long now)
    {
        // A clock that was set back must not keep it out for long.
        var left = saved.OutUntil!.Value - wall;
        if (left > options.MaxEjectionTime) left = options.MaxEjectionTime;
        var chance = options.Random.NextDouble();
        var least = options.EjectionTime * chance;
        var lasts = left * (0.5 + 0.5 * chance);
        replica.Standing.CountEjection(Math.Max(1, saved.TimesOut));
        replica.Standing.Become(ReplicaState.Ejected, Math.Max(1, now), now + Clock.Nanoseconds(lasts > least ? lasts : least), saved.Cause);
    }

    /// <summary>What is worth leaving behind of the members: of ten thousand at most. Of those that this process never asked, what was there stays.</summary>
    /// <param name="members">The group now.</param>
    /// <param name="typical">The group's median latency; <see langword="null"/> when nothing was measured.</param>
    /// <param name="before">What is kept now.</param>
    public SavedLessons Lessons(Members members, TimeSpan? typical, SavedLessons? before)
    {
        var (now, wall) = (clock.Now, clock.Time.GetUtcNow());
        var decay = Clock.Nanoseconds(options.LatencyDecay);
        var old = before?.Replicas.DistinctBy(r => r.Address).ToDictionary(r => r.Address) ?? [];
        var all = members.Replicas
            .Select(r => r.Vitals.Requests == 0 ? old.GetValueOrDefault(r.Endpoint.Address) : Of(r, now, wall, decay))
            .Where(saved => saved is { Latency: not null } or { OutUntil: not null }).Select(saved => saved!);
        return new SavedLessons(typical ?? before?.Typical, [.. all.OrderByDescending(r => r.Measured).Take(Most)]);
    }

    static SavedReplica Of(Replica replica, long now, DateTimeOffset wall, double decay)
    {
        ref readonly var vitals = ref replica.Vitals;
        var saved = new SavedReplica(replica.Endpoint.Address);
        if (vitals.HasLatency)
            // As it was when it was measured: the next process lets it decay for the time that passed since.
            saved = saved with { Latency = Clock.Span(vitals.Latency(now - (long)vitals.LatencyAge(now), decay, 0)), Measured = wall - Clock.Span(vitals.LatencyAge(now)) };
        var standing = replica.Standing;
        if (standing.State is ReplicaState.Ejected or ReplicaState.OnTrial)
            saved = saved with { OutUntil = wall + Clock.Span(Math.Max(0, standing.Until - now)), TimesOut = standing.TimesOut, Cause = standing.Cause };
        return saved;
    }
}
