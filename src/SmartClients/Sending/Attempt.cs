using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;

namespace SmartClients.Sending;

/// <summary>
/// One try of one request on one replica. It counts as in flight from the pick until it ends: when the action returns, or later
/// when the action kept it open for a body that is still being read.
/// </summary>
#pragma warning disable CA1001 // A cancellation source without a timer holds nothing that needs disposing, and this one outlives the call.
public sealed class Attempt
#pragma warning restore CA1001
{
    const int Running = 0;
    const int Done = 1;
    const int Abandoned = 2;

    readonly Action completed;
    readonly Call call;
    CancellationTokenSource cancellation = new();
    Action? whenAbandonedEnds;
    Action<Attempt, Outcome>? failedLate;
    int state;
    int open;
    int deathsSeen;

    internal Attempt(Call call)
    {
        this.call = call;
        completed = Complete;
        Replica = null!;
    }

    /// <summary>Where this attempt goes.</summary>
    public Endpoint Endpoint => Replica.Endpoint;

    /// <summary>The replica behind the endpoint, with what was learnt of it.</summary>
    public Replica Replica { get; private set; }

    /// <summary>1 for the request's first attempt, then counting up.</summary>
    public int Number { get; private set; }

    /// <summary>Sent beside an earlier attempt that was slow or whose replica died.</summary>
    public bool IsHedge { get; private set; }

    internal long StartedAt { get; private set; }

    internal long Due { get; private set; }

    /// <summary>It finds out whether an ejected replica is back.</summary>
    internal bool IsTrial => Replica.Standing is { State: ReplicaState.OnTrial } standing && StartedAt >= standing.Since;

    /// <summary>Its replica was found dead since it began, and nothing was done about it yet.</summary>
    internal bool IsStranded => !Reapplied && Replica.Standing.Deaths != deathsSeen;

    internal bool Held { get; private set; }

    internal bool Reapplied { get; set; }

    internal bool IsDone => Volatile.Read(ref state) == Done;

    internal CancellationToken Token => cancellation.Token;

    internal Action Completed => completed;

    /// <summary>
    /// Keeps the attempt in flight after the action has returned. Whoever calls this calls <see cref="End"/> later, on every way
    /// out.
    /// </summary>
    public void KeepOpen() => Held = true;

    /// <summary>Ends an attempt that was kept open. Only the first call counts.</summary>
    /// <param name="outcome">How the rest went; a success adds nothing to what the action's return already taught.</param>
    public void End(in Outcome outcome)
    {
        if (Interlocked.Exchange(ref open, 0) == 0) return;
        Replica.Learning.End();
        if (outcome.Kind != OutcomeKind.Succeeded) failedLate!(this, outcome);
    }

    internal void Begin(Replica replica, Action<Attempt, Outcome> late, int number, bool hedge, long now, long due)
    {
        (Replica, failedLate, Number, IsHedge, StartedAt, Due) = (replica, late, number, hedge, now, due);
        deathsSeen = replica.Standing.Deaths;
        Held = Reapplied = false;
        whenAbandonedEnds = null;
        Volatile.Write(ref state, Running);
        Volatile.Write(ref open, 1);
        replica.Learning.Begin();
    }

    /// <summary>The action returned or threw.</summary>
    internal void Complete()
    {
        if (Interlocked.CompareExchange(ref state, Done, Running) == Running) call.Wake();
        else whenAbandonedEnds!();
    }

    internal void CompleteAtOnce() => state = Done;

    /// <summary>Nobody waits for the action any more. False when it has completed after all.</summary>
    internal bool TryAbandon(Action whenItEnds)
    {
        whenAbandonedEnds = whenItEnds;
        return Interlocked.CompareExchange(ref state, Abandoned, Running) == Running;
    }

    internal void Cancel() => cancellation.Cancel();

    /// <summary>No longer in flight, for an attempt that was not kept open.</summary>
    internal void Release()
    {
        if (Interlocked.Exchange(ref open, 0) != 0) Replica.Learning.End();
    }

    /// <summary>Makes ready for another request. False when it cannot serve again: it is still open, or was cancelled.</summary>
    internal bool TryReset() => Volatile.Read(ref open) == 0 && cancellation.TryReset();
}
