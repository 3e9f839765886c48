using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;
using SmartClients.Sending;

namespace SmartClients;

/// <content>The steps of <see cref="SendAsync{TRequest, TResult}"/> that neither wait nor know the time but from what they are given.</content>
public sealed partial class Director
{
    /// <summary>Steps 3 to 5: who may be tried, who of them, and off it goes.</summary>
    void Start<TRequest, TResult>(Call<TRequest, TResult> call, long now) where TRequest : IRequest<TResult>
    {
        var (cause, allowed) = (call.Wanted, call.Options);
        call.Wanted = Cause.None;
        var replica = cause == Cause.First
            ? chooser.First(allowed.Repeatable, allowed.Key, lessons.Typical, now, allowed.LeaveOut)
            : chooser.Another(cause, call.Tried, allowed.Key, lessons.Typical, now, allowed.LeaveOut);
        if (replica is null)
        {
            // Whoever could take a copy has gone since it was wanted: that says nothing of who may take a retry.
            if (cause == Cause.Hedge) return;
            call.NoMore ??= cause == Cause.First ? UnavailableReason.NoMembers : UnavailableReason.EveryReplicaFailed;
            return;
        }
        if (repeats.Hedges(allowed)) call.HedgeAt = now + repeats.HedgeDelay;
        var due = now + Clock.Nanoseconds(allowed.AttemptTimeout ?? options.AttemptTimeout);
        var decision = Decided is null ? null : Explain(replica, cause, call.Tried, allowed, now);
        call.Start(replica, failedLate, cause is Cause.Hedge or Cause.Reapply, now, due);
        group.Sent();
        // Told once it is under way: a listener that throws then leaves nothing half done.
        if (decision is not null) Decided?.Invoke(decision);
    }

    /// <summary>Steps 6 and 7: what an ended attempt means for its request, and what it teaches.</summary>
    Verdict Settle<TRequest, TResult>(Call<TRequest, TResult> call, in Ended ended, TResult? result, long now)
        where TRequest : IRequest<TResult>
    {
        var outcome = ended.Outcome;
        if (outcome.Kind == OutcomeKind.Succeeded)
        {
            Learn(ended, now);
            Blame(call, now);
            (call.AnsweredBy, call.WinnerStartedAt) = (ended.Replica, ended.StartedAt);
            return Verdict.Answer;
        }
        if (outcome.Kind == OutcomeKind.NotItsFault)
        {
            Learn(ended, now);
            return Verdict.Fault;
        }
        if (IsSuspect(call.Options, outcome))
        {
            call.Suspects.Add(ended with { EndedAt = now });
            if (Alike(call.Suspects, outcome) >= options.SameAnswers)
            {
                Absolve(call, now);
                return outcome.Error is null ? Verdict.Answer : Verdict.Fault;
            }
        }
        else
        {
            Learn(ended, now);
        }
        call.KeepFailure(ended, result, now);
        // While another attempt is under way its answer is awaited; a further one would only add load.
        if (call.Running > 0 || call.Wanted != Cause.None || call.NoMore is not null) return Verdict.GoOn;
        call.NoMore = group.MayGrow || chooser.AnyLeft(Cause.Retry, call.Tried, now, call.Options.LeaveOut)
            ? repeats.MayRetry(call.Options, outcome.Delivery, call.Attempts, now)
            : UnavailableReason.EveryReplicaFailed;
        if (call.NoMore is null) call.Wanted = Cause.Retry;
        return Verdict.GoOn;
    }

    /// <summary>Whether everybody known was tried while the source has still to be heard for the first time: those known are an earlier
    /// process's, or a hint, and may all be gone.</summary>
    bool NeedsNewcomers<TRequest, TResult>(Call<TRequest, TResult> call, long now) where TRequest : IRequest<TResult> =>
        group.MayGrow && !chooser.AnyLeft(Cause.Retry, call.Tried, now, call.Options.LeaveOut);

    /// <summary>An attempt that nobody need wait for: its time is over, or the request's is, or it must move.</summary>
    bool TryTakeOverdue<TRequest, TResult>(Call<TRequest, TResult> call, long now, out Ended ended, out TResult? result)
        where TRequest : IRequest<TResult>
    {
        (ended, result) = (default, default);
        if (now >= call.Deadline) (call.NoMore, call.Wanted) = (call.NoMore ?? UnavailableReason.TimedOut, Cause.None);
        for (var i = 0; i < call.Running; i++)
        {
            var attempt = call.Attempt(i);
            if (WhyOver(call, attempt, now) is not { } outcome) continue;
            ended = new Ended(attempt.Replica, attempt.StartedAt, outcome);
            return call.TryAbandon(i) || call.TryTake(out ended, out result);
        }
        return false;
    }

    Outcome? WhyOver<TRequest, TResult>(Call<TRequest, TResult> call, Attempt attempt, long now) where TRequest : IRequest<TResult>
    {
        if (now >= attempt.Due) return Outcome.Failure(Delivery.MayHaveExecuted, "no answer in time");
        // The request's own time says less about the replica than the attempt's: it only counts when nothing else ever comes.
        if (now >= call.Deadline) return Outcome.Failure(Delivery.MayHaveExecuted, "no answer in time") with { Kind = OutcomeKind.Overtaken };
        if (MustMove(call, attempt, now)) return Outcome.Failure(Delivery.MayHaveExecuted, "found dead meanwhile: " + attempt.Replica.Standing.Cause);
        return null;
    }

    /// <summary>An attempt on a replica found dead meanwhile, of a request that may be repeated but not run beside itself: it ends, is
    /// cleaned up after, and is made elsewhere. Those that may run beside themselves are seen to by <see cref="SendBeside"/>.</summary>
    bool MustMove<TRequest, TResult>(Call<TRequest, TResult> call, Attempt attempt, long now) where TRequest : IRequest<TResult>
    {
        if (call.Options.Hedge || !attempt.IsStranded || call.NoMore is not null || call.Wanted != Cause.None) return false;
        attempt.Reapplied = true;
        if (!chooser.AnyLeft(Cause.Reapply, call.Tried, now, call.Options.LeaveOut) || !repeats.MayRunBeside(Cause.Reapply, call.Options, call.Attempts, now)) return false;
        call.Wanted = Cause.Reapply;
        return true;
    }

    /// <summary>Another attempt beside the running ones: for a replica found dead meanwhile, or because the answer is slow.</summary>
    void SendBeside<TRequest, TResult>(Call<TRequest, TResult> call, long now) where TRequest : IRequest<TResult>
    {
        if (call.Wanted != Cause.None || call.Running == 0 || !call.HasRoom || call.NoMore is not null) return;
        var cause = now >= call.HedgeAt ? Cause.Hedge : Cause.None;
        for (var i = 0; i < call.Running; i++)
        {
            var attempt = call.Attempt(i);
            if (!attempt.IsStranded) continue;
            attempt.Reapplied = true;
            cause = Cause.Reapply;
        }
        if (cause == Cause.None) return;
        if (cause == Cause.Hedge) call.HedgeAt = long.MaxValue;
        if (chooser.AnyLeft(cause, call.Tried, now, call.Options.LeaveOut) && repeats.MayRunBeside(cause, call.Options, call.Attempts, now))
            call.Wanted = cause;
    }

    /// <summary>Nothing runs and nothing more is wanted: the last bad answer, or the whole story as an exception.</summary>
    TResult Conclude<TRequest, TResult>(Call<TRequest, TResult> call, long now) where TRequest : IRequest<TResult>
    {
        var reason = call.NoMore ?? UnavailableReason.EveryReplicaFailed;
        Absolve(call, now);
        // Perhaps the whole group has moved: the source is asked again, as often as it allows.
        if (reason == UnavailableReason.EveryReplicaFailed) group.Nudge();
        if (call.TryGiveBadResult(out var result)) return result!;
        throw call.Unavailable(new ServiceUnavailableException(Name, reason, Words(reason), call.Failures, call.LastError));
    }

    /// <summary>An answer, though a bad one, of a request that can go elsewhere: whose fault it is, the next answer tells.</summary>
    static bool IsSuspect(RequestOptions allowed, in Outcome outcome) =>
        outcome.Answered && (outcome.Kind == OutcomeKind.PushedBack || outcome.Kind == OutcomeKind.Failed && allowed.Repeatable);

    /// <summary>How many have given this answer. One that speaks of the server points at no request, however many give it.</summary>
    static int Alike(List<Ended> suspects, in Outcome answer)
    {
        var alike = 0;
        if (answer.IsOfTheServer) return alike;
        foreach (var suspect in suspects)
            if (suspect.Outcome.Kind == OutcomeKind.Failed && suspect.Outcome.Reason == answer.Reason) alike++;
        return alike;
    }

    /// <summary>Another answered well: those who answered badly are to blame.</summary>
    void Blame<TRequest, TResult>(Call<TRequest, TResult> call, long now) where TRequest : IRequest<TResult>
    {
        foreach (var suspect in call.Suspects) Learn(suspect, now);
        call.Suspects.Clear();
    }

    /// <summary>Nobody answered well: nothing shows that it was the replicas' fault and not the request's. Not even their success rate
    /// may suffer, for what is sent on from replica to replica is mostly what fails everywhere.</summary>
    void Absolve<TRequest, TResult>(Call<TRequest, TResult> call, long now) where TRequest : IRequest<TResult>
    {
        foreach (var suspect in call.Suspects) Learn(suspect with { Outcome = suspect.Outcome with { Kind = OutcomeKind.NotItsFault } }, now);
        call.Suspects.Clear();
    }

    /// <summary>
    /// The request is over, whatever way it ended (also by what a listener to metrics threw), and what is still open is closed. Attempts
    /// that began before the winner had their chance; those that began after, or whose caller gave up, did not. One that finds out
    /// whether its replica is back goes on: a replica just started is slow at first, and being overtaken would keep it out.
    /// </summary>
    void Finish<TRequest, TResult>(Call<TRequest, TResult> call) where TRequest : IRequest<TResult>
    {
        try
        {
            if (call.Running > 0 || call.Suspects.Count > 0) LearnFromTheRest(call, clock.Now);
        }
        finally
        {
            call.Close();
        }
    }

    void LearnFromTheRest<TRequest, TResult>(Call<TRequest, TResult> call, long now) where TRequest : IRequest<TResult>
    {
        Absolve(call, now);
        while (call.TryTakeUnwanted(out var unwanted)) Learn(unwanted, now);
        for (var i = call.Running - 1; i >= 0; i--)
        {
            var loser = call.Attempt(i);
            var overtaken = loser.StartedAt < call.WinnerStartedAt;
            if (overtaken && loser.IsTrial && call.TryLetRun(i, clock, learnLater)) continue;
            var kind = overtaken ? OutcomeKind.Overtaken : OutcomeKind.NotItsFault;
            Learn(new Ended(loser.Replica, loser.StartedAt, new Outcome { Kind = kind, Delivery = Delivery.MayHaveExecuted }), now);
        }
    }

    void LearnLater(Ended ended) => Learn(ended, clock.Now);

    void Learn(in Ended ended, long now)
    {
        if (lessons.Learn(ended, now)) outstanding.WakeAll();
    }

    /// <summary>A reply's body broke after its head was taken for an answer.</summary>
    void FailedLate(Attempt attempt, Outcome outcome) => Learn(new Ended(attempt.Replica, attempt.StartedAt, outcome), clock.Now);

    Decision Explain(Replica chosen, Cause cause, ReadOnlySpan<Replica> tried, RequestOptions allowed, long now) =>
        chooser.Explain(chosen, cause, tried, allowed.Key, lessons.Typical, now, group.Current, allowed.LeaveOut) with
        {
            Attempt = tried.Length + 1,
            RetriesLeft = repeats.RetriesLeft(now),
            HedgesLeft = repeats.HedgesLeft(now),
        };

    string Words(UnavailableReason reason) => reason switch
    {
        UnavailableReason.EveryReplicaFailed => "every replica failed.",
        UnavailableReason.NotRepeatable => "the request may have been carried out and is not repeatable.",
        UnavailableReason.BudgetSpent => "it fails too often; the retry budget is spent.",
        UnavailableReason.TimedOut => "the request's time is over.",
        UnavailableReason.AttemptsSpent => "the request's attempts are used up.",
        _ when !group.Current.Replicas.IsEmpty => "the request leaves every replica out.",
        _ when group.Trouble is { } trouble => $"the group has no members ({group.Description}): {trouble.Message}",
        _ => $"the group has no members ({group.Description}).",
    };
}
