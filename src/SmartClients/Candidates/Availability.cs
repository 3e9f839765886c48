using SmartClients.Membership;
using SmartClients.Outcomes;

namespace SmartClients.Candidates;

/// <summary>
/// Who is in and who is out, from outcomes, rests and time. Picks read the current <see cref="Shortlist"/>; changes are rare,
/// happen under one gate, and publish a new list. Knows the rules of <see cref="Ejection"/>, keeps no timer: a list says itself
/// when it is out of date.
/// </summary>
internal sealed class Availability(string? service, DirectorOptions options, Clock clock)
{
    readonly Lock gate = new();
    readonly Random random = options.Random;
    readonly long firstEjection = Clock.Nanoseconds(options.EjectionTime);
    readonly long longestEjection = Clock.Nanoseconds(options.MaxEjectionTime);
    readonly long leaving = Clock.Nanoseconds(options.LeavingTime);
    readonly long slowStart = Clock.Nanoseconds(options.SlowStart);
    Members members = Members.None;
    Shortlist current = Shortlist.Empty;

    /// <summary>Told of each list whose ready ones differ from those of the last, before it can be seen: under the gate, so one at a time.</summary>
    public Action<Shortlist>? Announce { private get; set; }

    /// <summary>The list as it stands at this time.</summary>
    public Shortlist At(long now)
    {
        var list = Volatile.Read(ref current);
        return now < list.NextChange ? list : Refresh(now);
    }

    /// <summary>The group has changed.</summary>
    public void Changed(Members next)
    {
        lock (gate)
        {
            var now = clock.Now;
            var first = members.Replicas.IsEmpty;
            foreach (var replica in next.Replicas)
                if (replica.Standing.Since == 0) replica.Standing.Become(first ? ReplicaState.Up : ReplicaState.Warming, Math.Max(1, now));
                else if (replica.Standing.State == ReplicaState.Gone) replica.Standing.Become(ReplicaState.Warming, now);
            foreach (var replica in members.Replicas)
                if (next.Find(replica.Endpoint.Address) is null) replica.Standing.Become(ReplicaState.Gone, now);
            members = next;
            Rebuild(now, renewed: true);
        }
    }

    /// <summary>Takes one replica whose ejection is over, for the request that finds out whether it is back.</summary>
    /// <param name="list">The list that names those who are due.</param>
    /// <param name="repeatable">A request that is not repeatable may be lost by a trial: it finds out only where no other came to do
    /// it for as long as a first ejection, as in a service that knows nothing but such requests.</param>
    /// <param name="now">Now.</param>
    public Replica? ClaimTrial(Shortlist list, bool repeatable, long now)
    {
        if (!Array.Exists(list.Due, MayTry)) return null;
        lock (gate)
        {
            foreach (var replica in list.Due)
            {
                // The list may be older than what others have found out since.
                if (replica.Standing.State != ReplicaState.Ejected || replica.Standing.Until > now || !MayTry(replica)) continue;
                replica.Standing.Become(ReplicaState.OnTrial, now, now + longestEjection, replica.Standing.Cause);
                Rebuild(now);
                return replica;
            }
            return null;
        }

        bool MayTry(Replica replica) => repeatable || now - replica.Standing.Until >= firstEjection;
    }

    /// <summary>Draws the consequences of an outcome. Nothing happens here for a good answer of a healthy replica.</summary>
    /// <param name="replica">Who answered, or did not.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="inARow">Failures since the last success, this one included.</param>
    /// <param name="startedAt">When the attempt began.</param>
    /// <param name="now">Now.</param>
    /// <returns>Whether the replica was found dead: what is in flight there waits for nobody.</returns>
    public bool Learn(Replica replica, in Outcome outcome, int inARow, long startedAt, long now)
    {
        var standing = replica.Standing;
        if (outcome.Kind == OutcomeKind.Succeeded && standing.TakesRequests && !outcome.Leaving) return false;
        lock (gate)
        {
            if (standing.State is ReplicaState.Gone) return false;
            if (outcome.Leaving) Leave(replica, now);
            else if (standing.State is ReplicaState.OnTrial or ReplicaState.Ejected && startedAt >= standing.Since) EndTrial(replica, outcome, now);
            else if (!standing.TakesRequests) return false;
            else if (outcome.RetryAfter > TimeSpan.Zero && outcome.Kind is OutcomeKind.PushedBack or OutcomeKind.Failed) Rest(replica, outcome.RetryAfter, now);
            else if (outcome.Kind is OutcomeKind.Failed or OutcomeKind.Overtaken && inARow >= options.FailuresToEject)
                return Eject(replica, now, $"{inARow} failures in a row", dead: !outcome.Answered);
            else if (outcome.Kind is OutcomeKind.Failed or OutcomeKind.PushedBack && FailsMoreThanOthers(replica, now))
                Eject(replica, now, "fails more often than the others", dead: false);
            return false;
        }
    }

    /// <summary>Something outside the requests (a keep-alive) found the replica dead.</summary>
    /// <returns>As for <see cref="Learn"/>.</returns>
    public bool FoundDead(Replica replica, string cause, long now)
    {
        lock (gate) return replica.Standing.TakesRequests && Eject(replica, now, cause, dead: true);
    }

    /// <summary>The replica said, other than with a reply to a request, that it is leaving.</summary>
    public void Leaves(Replica replica, long now)
    {
        lock (gate)
        {
            if (replica.Standing.State != ReplicaState.Gone) Leave(replica, now);
        }
    }

    void Leave(Replica replica, long now) => Turn(replica, ReplicaState.Leaving, now, now + leaving, "said that it is leaving");

    void EndTrial(Replica replica, in Outcome outcome, long now)
    {
        if (outcome.Kind == OutcomeKind.Succeeded)
        {
            replica.Learning.Forgive();
            Turn(replica, ReplicaState.Warming, now);
        }
        else if (outcome.Kind == OutcomeKind.NotItsFault)
        {
            // Nothing was found out: the next request tries again.
            if (replica.Standing.State == ReplicaState.OnTrial) Turn(replica, ReplicaState.Ejected, now, now, replica.Standing.Cause);
        }
        else if (replica.Standing.State == ReplicaState.OnTrial)
        {
            PutOut(replica, replica.Standing.TimesOut + 1, now, outcome.Reason ?? replica.Standing.Cause);
        }
    }

    bool Eject(Replica replica, long now, string cause, bool dead)
    {
        if (!MayGoOut(replica)) return false;
        var standing = replica.Standing;
        Telemetry.Ejected(service, replica.Endpoint.Address, cause);
        if (dead) standing.CountDeath();
        PutOut(replica, Ejection.NextTimes(standing.TimesOut, now - standing.Since, firstEjection, longestEjection), now, cause);
        return dead;
    }

    void PutOut(Replica replica, int times, long now, string cause)
    {
        // Far beyond where it still makes a difference: who is dead for days is not counted for ever.
        times = Math.Min(times, Ejection.MostTimes);
        replica.Standing.CountEjection(times);
        Turn(replica, ReplicaState.Ejected, now, now + Ejection.Length(times, firstEjection, longestEjection, random.NextDouble()), cause);
    }

    void Rest(Replica replica, TimeSpan asked, long now)
    {
        if (!MayGoOut(replica)) return;
        Turn(replica, ReplicaState.Resting, now, now + Math.Min(Clock.Nanoseconds(asked), longestEjection), "asked to be left alone");
    }

    void Turn(Replica replica, ReplicaState state, long now, long until = 0, string cause = "")
    {
        replica.Standing.Become(state, now, until, cause);
        Rebuild(now);
    }

    // All of one priority may go out where those of another take their place.
    bool MayGoOut(Replica replica)
    {
        var priority = replica.Endpoint.Priority;
        foreach (var other in members.Replicas)
            if (other.Endpoint.Priority != priority && other.Standing.TakesRequests) return true;
        return Out() < Ejection.MostOut(members.Replicas.Length, options.MaxOut);
    }

    int Out() => members.Replicas.Count(r => r.Standing.State is ReplicaState.Ejected or ReplicaState.OnTrial or ReplicaState.Resting);

    bool FailsMoreThanOthers(Replica replica, long now)
    {
        var (succeeded, failed) = replica.Vitals.Recent(now);
        if (!Ejection.RateIsBad(succeeded, failed, 1, options.SuccessRateToEject, options.SuccessRateSamples)) return false;
        long others = 0, theirFailures = 0;
        foreach (var other in members.Replicas)
        {
            if (other == replica || !other.Standing.TakesRequests) continue;
            var recent = other.Vitals.Recent(now);
            (others, theirFailures) = (others + recent.Succeeded, theirFailures + recent.Failed);
        }
        var rate = others + theirFailures == 0 ? 1 : (double)others / (others + theirFailures);
        return Ejection.RateIsBad(succeeded, failed, rate, options.SuccessRateToEject, options.SuccessRateSamples);
    }

    Shortlist Refresh(long now)
    {
        lock (gate)
        {
            if (now < current.NextChange) return current;
            foreach (var replica in members.Replicas)
            {
                var standing = replica.Standing;
                if (standing.State == ReplicaState.Resting && standing.Until <= now) standing.Become(ReplicaState.Up, now);
                else if (standing.State == ReplicaState.Warming && standing.Since + slowStart <= now) standing.Become(ReplicaState.Up, now);
                // Whoever said it was leaving and is still in the group has been started again, or never meant it: one request finds out.
                else if (standing.State == ReplicaState.Leaving && standing.Until <= now) standing.Become(ReplicaState.Warming, now);
                // A trial whose request never ended must not keep the replica out for ever.
                else if (standing.State == ReplicaState.OnTrial && standing.Until <= now) standing.Become(ReplicaState.Ejected, now, now, standing.Cause);
            }
            Rebuild(now);
            return current;
        }
    }

    void Rebuild(long now, bool renewed = false)
    {
        List<Replica> usable = [], rest = [], leaving = [], due = [];
        var next = long.MaxValue;
        foreach (var replica in members.Replicas)
        {
            var standing = replica.Standing;
            var (state, until) = (standing.State, standing.Until);
            (state switch { ReplicaState.Up or ReplicaState.Warming => usable, ReplicaState.Leaving => leaving, _ => rest }).Add(replica);
            if (state == ReplicaState.Ejected && until <= now) due.Add(replica);
            else if (state == ReplicaState.Warming) next = Math.Min(next, standing.Since + slowStart);
            else if (state != ReplicaState.Up) next = Math.Min(next, until);
        }
        var lastResort = rest.Concat(leaving).ToArray();
        // When everybody looks bad, everybody is tried.
        if (usable.Count == 0)
        {
            Publish(lastResort, [], [], [], next, renewed);
            return;
        }
        var (ready, spare) = Priorities.Split(usable);
        // A spare that is out is not tried by way of trial: it may be one that must not be asked without need.
        var least = ready[^1].Endpoint.Priority;
        Publish(ready, spare, lastResort, [.. due.Where(r => r.Endpoint.Priority <= least)], next, renewed);
    }

    void Publish(Replica[] ready, Replica[][] spare, Replica[] lastResort, Replica[] due, long next, bool renewed)
    {
        var same = !renewed && current.Ready.AsSpan().SequenceEqual(ready);
        var list = new Shortlist(ready, spare, lastResort, due, next, same ? current.Version : current.Version + 1);
        if (!same && ready.Length > 0) Announce?.Invoke(list);
        Volatile.Write(ref current, list);
    }
}
