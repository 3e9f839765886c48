using System.Collections.Immutable;
using System.Diagnostics;
using SmartClients.Membership;
using SmartClients.Outcomes;
using SmartClients.Picking;

namespace SmartClients.Sending;

/// <summary>A request under way, with its attempts: at most four at a time.</summary>
internal sealed class Call<TRequest, TResult>(Outstanding outstanding) : Call where TRequest : IRequest<TResult>
{
    const int MostAtOnce = 4;

    readonly record struct Flight(Attempt Attempt, ValueTask<TResult> Task);

    readonly Flight[] flights = new Flight[MostAtOnce];
    int running;
    Attempt? spare;
    TRequest request = default!;
    TResult? badResult;
    bool hasBadResult;
    ImmutableArray<FailedAttempt>.Builder? failures;
    CancellationTokenRegistration registration;

    public RequestOptions Options { get; private set; } = RequestOptions.Default;

    public CancellationToken Cancel { get; private set; }

    public long Deadline { get; private set; }

    public int Running => running;

    public bool HasRoom => running < MostAtOnce;

    /// <summary>Whether an attempt waits to be taken.</summary>
    public bool AnyDone
    {
        get
        {
            for (var i = 0; i < running; i++)
                if (flights[i].Attempt.IsDone) return true;
            return false;
        }
    }

    /// <summary>The attempt to begin next, and why.</summary>
    public Cause Wanted { get; set; }

    /// <summary>When to send a copy beside the running attempt; never for requests that allow none.</summary>
    public long HedgeAt { get; set; }

    /// <summary>Why no further attempt is made, once that is so.</summary>
    public UnavailableReason? NoMore { get; set; }

    /// <summary>Replicas that answered badly, and are not blamed before another answers well.</summary>
    public List<Ended> Suspects { get; } = [];

    /// <summary>The first time at which something is to be done though nothing came.</summary>
    public long WakeAt
    {
        get
        {
            var at = Math.Min(Deadline, HasRoom ? HedgeAt : long.MaxValue);
            for (var i = 0; i < running; i++) at = Math.Min(at, flights[i].Attempt.Due);
            return at;
        }
    }

    /// <summary>What the replicas that failed so far did; none for the usual request.</summary>
    public ImmutableArray<FailedAttempt> Failures => failures?.ToImmutable() ?? [];

    /// <summary>The last error, where the last failure was one and not a bad result.</summary>
    public Exception? LastError => failures is { Count: > 0 } ? failures[^1].Error : null;

    /// <summary>For whoever traces requests; <see langword="null"/> when nobody does.</summary>
    public Activity? Activity { get; private set; }

    /// <summary>The replica whose answer was taken.</summary>
    public Replica? AnsweredBy { get; set; }

    /// <summary>When the attempt began whose answer was taken; before all others while there is none.</summary>
    public long WinnerStartedAt { get; set; }

    public void Open(string? service, in TRequest theRequest, RequestOptions options, long deadline, CancellationToken cancel)
    {
        (request, Options, Deadline, Cancel) = (theRequest, options, deadline, cancel);
        (Wanted, HedgeAt, NoMore, WinnerStartedAt) = (Cause.First, long.MaxValue, null, long.MinValue);
        Activity = Telemetry.Request(service);
        // From here on the death of a replica wakes it, also one that comes between an attempt's start and the first wait.
        Due = deadline;
    }

    /// <summary>Begins an attempt: in flight from here.</summary>
    public void Start(Replica replica, Action<Attempt, Outcome> failedLate, bool hedge, long now, long due)
    {
        Try(replica);
        var attempt = spare ?? new Attempt(this);
        spare = null;
        attempt.Begin(replica, failedLate, Attempts, hedge, now, due);
#pragma warning disable CA2012 // Kept beside its attempt, and consumed once: by TryTake or as unwanted.
        ValueTask<TResult> task;
        try
        {
            task = request.SendAsync(attempt, attempt.Token);
        }
        catch (Exception error)
        {
            task = ValueTask.FromException<TResult>(error);
        }
#pragma warning restore CA2012
        flights[running++] = new Flight(attempt, task);
        if (task.IsCompleted) attempt.CompleteAtOnce();
        else task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(attempt.Completed);
    }

    /// <summary>Waits until something may have happened, or until <paramref name="wakeAt"/>.</summary>
    public ValueTask NextAsync(long wakeAt)
    {
        Due = wakeAt;
        // Pairs with the fence in the timer: either it sees this time, or this sees that it is not set.
        Interlocked.MemoryBarrier();
        outstanding.Arm(wakeAt);
        if (Cancel.CanBeCanceled && registration == default)
            registration = Cancel.UnsafeRegister(static self => ((Call)self!).Wake(), this);
        return NextAsync();
    }

    public Attempt Attempt(int index) => flights[index].Attempt;

    /// <summary>The next attempt whose action has ended, judged.</summary>
    public bool TryTake(out Ended ended, out TResult? result)
    {
        for (var i = 0; i < running; i++)
        {
            var (attempt, task) = flights[i];
            if (!attempt.IsDone) continue;
            Remove(i);
            ended = new Ended(attempt.Replica, attempt.StartedAt, Judge(task, out result, out var answered));
            // What was kept open goes on being read, good answer or bad, and ends with its result.
            if (attempt.Held && answered) return true;
            attempt.Release();
            if (!attempt.Held && attempt.TryReset()) spare = attempt;
            return true;
        }
        ended = default;
        result = default;
        return false;
    }

    /// <summary>What the attempt's end says. A judge that throws is a bug of the caller's, and must not leave the attempt in flight.</summary>
    Outcome Judge(ValueTask<TResult> task, out TResult? result, out bool answered)
    {
        result = default;
        answered = false;
        try
        {
            try
            {
                result = task.GetAwaiter().GetResult();
                answered = true;
                return request.Judge(result);
            }
            catch (Exception error) when (!answered && Cancel.IsCancellationRequested && (error is OperationCanceledException || error.InnerException is OperationCanceledException))
            {
                return Outcome.Fault(error);
            }
            catch (Exception error) when (!answered)
            {
                return request.Judge(error);
            }
        }
        catch (Exception bug)
        {
            if (answered) Unwanted.Discard(request, result!);
            (result, answered) = (default, false);
            return Outcome.Fault(bug);
        }
    }

    /// <summary>An attempt that has ended though its request has its answer: for what it teaches.</summary>
    public bool TryTakeUnwanted(out Ended ended)
    {
        if (!TryTake(out ended, out var result)) return false;
        Unwanted.Discard(request, result);
        return true;
    }

    /// <summary>Keeps what a failed attempt said, in case nothing better comes.</summary>
    public void KeepFailure(in Ended ended, TResult? result, long now)
    {
        DropBadResult();
        var outcome = ended.Outcome;
        if (Activity is not null) Telemetry.Failed(Activity, ended.Replica.Endpoint.Address, outcome.Reason ?? "failed");
        if (outcome is { Answered: true, Error: null }) (badResult, hasBadResult) = (result, true);
        (failures ??= ImmutableArray.CreateBuilder<FailedAttempt>()).Add(new FailedAttempt(
            ended.Replica.Endpoint, outcome.Delivery, outcome.Reason ?? "failed", Clock.Span(now - ended.StartedAt), outcome.Error));
    }

    /// <summary>The bad result that the last failure left, for a caller who can read it (an HTTP 503, say).</summary>
    public bool TryGiveBadResult(out TResult? result)
    {
        (result, var has) = (badResult, hasBadResult);
        (badResult, hasBadResult) = (default, false);
        return has;
    }

    /// <summary>What the caller is thrown.</summary>
    public Exception Unavailable(ServiceUnavailableException error) => request.Unavailable(error);

    /// <summary>Cleans up after a failed attempt. The request waits for it as long as it has time, and then ends: the action must not
    /// run again beside a clean-up.</summary>
    public ValueTask CleanUpAsync(in Ended ended, Clock clock)
    {
        var cleaned = request.CleanUpAsync(ended.Replica.Endpoint, ended.Outcome);
        return cleaned.IsCompletedSuccessfully ? cleaned : WithinItsTimeAsync(cleaned.AsTask(), clock);
    }

    async ValueTask WithinItsTimeAsync(Task cleaned, Clock clock)
    {
        try
        {
            await cleaned.WaitAsync(Clock.Wait(Deadline - clock.Now), clock.Time, Cancel).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!cleaned.IsFaulted)
        {
            (NoMore, Wanted) = (NoMore ?? UnavailableReason.TimedOut, Cause.None);
        }
    }

    /// <summary>Stops waiting for an attempt: it is cancelled, and whatever it still brings is given up.</summary>
    /// <returns><see langword="false"/> when it has just ended by itself: take it.</returns>
    public bool TryAbandon(int index)
    {
        var (attempt, task) = flights[index];
        var its = request;
        if (!attempt.TryAbandon(() => Unwanted.GiveUp(its, attempt, task))) return false;
        Remove(index);
        if (outstanding.Inline) Unwanted.Cancel(attempt);
        else ThreadPool.UnsafeQueueUserWorkItem(Unwanted.Cancel, attempt, preferLocal: true);
        return true;
    }

    /// <summary>Leaves an attempt to its own end, or to its own time-out, though its request is over.</summary>
    /// <returns><see langword="false"/> when it has just ended by itself.</returns>
    public bool TryLetRun(int index, Clock clock, Action<Ended> whenOver)
    {
        var (attempt, task) = flights[index];
        var its = request;
        var limit = clock.Time.CreateTimer(
            static of => Unwanted.Cancel((Attempt)of!), attempt, Clock.Wait(attempt.Due - clock.Now), Timeout.InfiniteTimeSpan);
        if (!attempt.TryAbandon(() =>
        {
            limit.Dispose();
            whenOver(new Ended(attempt.Replica, attempt.StartedAt, Unwanted.Judge(its, attempt, task)));
        }))
        {
            limit.Dispose();
            return false;
        }
        Remove(index);
        return true;
    }

    /// <summary>Ends the call: nothing of it stays in flight but what was kept open.</summary>
    public void Close()
    {
        while (running > 0)
            if (!TryAbandon(0) && TryTake(out _, out var result)) Unwanted.Discard(request, result);
        if (Activity is not null) Telemetry.Ended(Activity, Attempts, AnsweredBy?.Endpoint.Address);
        (Activity, AnsweredBy) = (null, null);
        DropBadResult();
        registration.Unregister();
        registration = default;
        failures = null;
        Suspects.Clear();
        request = default!;
        Cancel = default;
        Clear();
        outstanding.Return(this);
    }

    void DropBadResult()
    {
        if (TryGiveBadResult(out var result)) Unwanted.Discard(request, result!);
    }

    void Remove(int index)
    {
        flights[index] = flights[--running];
        flights[running] = default;
    }
}
