using System.Runtime.CompilerServices;

namespace SmartClients.Sending;

/// <summary>
/// Every request under way, and the one timer that wakes those whose time has come: for a hedge, an attempt's end or the
/// request's. The pool of call objects is the register, so that registering costs nothing.
/// </summary>
/// <remarks>
/// The timer stands at the earliest time wanted. Requests of one director mostly want to be woken after the same delay, so a new
/// one finds the timer set early enough already and leaves it alone.
/// </remarks>
internal sealed class Outstanding : IDisposable
{
    const int MostIdle = 4096;

    readonly Lock gate = new();
    readonly Clock clock;
    readonly ITimer timer;
    readonly bool inline;
    Call?[] all = new Call?[16];
    Shelf?[] shelves = [];
    int count;
    long armed = long.MaxValue;
    bool ending;

    public Outstanding(Clock clock)
    {
        this.clock = clock;
        // In virtual time everything happens on one thread, in one order. In real time a slow action must not hold up the timer.
        inline = clock.Time != TimeProvider.System;
        var flow = ExecutionContext.IsFlowSuppressed() ? default : ExecutionContext.SuppressFlow();
        timer = clock.Time.CreateTimer(static self => ((Outstanding)self!).Fire(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        flow.Dispose();
    }

    /// <summary>Whether what is woken or cancelled runs on the thread that does it.</summary>
    public bool Inline => inline;

    /// <summary>A call object of this kind, new or used before.</summary>
    public Call<TRequest, TResult> Rent<TRequest, TResult>() where TRequest : IRequest<TResult>
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref ending), typeof(Director));
        var kind = CallKind<TRequest, TResult>.Index;
        var at = Volatile.Read(ref shelves);
        // A shelf holds no other kind.
        if (kind < at.Length && at[kind]?.Take() is { } used) return Unsafe.As<Call<TRequest, TResult>>(used);
        return RentOfRest<TRequest, TResult>(kind);
    }

    Call<TRequest, TResult> RentOfRest<TRequest, TResult>(int kind) where TRequest : IRequest<TResult>
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(ending, typeof(Director));
            if (kind >= shelves.Length)
            {
                var more = shelves;
                Array.Resize(ref more, kind + 1);
                Volatile.Write(ref shelves, more);
            }
            var shelf = shelves[kind] ??= new Shelf(alone: inline);
            if (shelf.Rest.TryPop(out var used)) return Unsafe.As<Call<TRequest, TResult>>(used);
            var call = new Call<TRequest, TResult>(this) { Shelf = shelf, Place = count };
            if (count == all.Length) Array.Resize(ref all, count * 2);
            all[count++] = call;
            return call;
        }
    }

    /// <summary>Takes a call back.</summary>
    public void Return(Call call)
    {
        if (call.Shelf.TryPut(call))
        {
            // Either this sees the end, or the end sees the call where it was put.
            if (!Volatile.Read(ref ending)) return;
            lock (gate) DisposeWhenIdle();
            return;
        }
        lock (gate)
        {
            if (call.Shelf.Rest.Count < MostIdle) call.Shelf.Rest.Push(call);
            else Forget(call);
            if (ending) DisposeWhenIdle();
        }
    }

    /// <summary>Sees to it that the timer fires by then.</summary>
    public void Arm(long due)
    {
        if (due >= Volatile.Read(ref armed)) return;
        lock (gate)
        {
            if (due >= armed) return;
            armed = due;
            timer.Change(Clock.Wait(due - clock.Now), Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>A replica was found dead: whoever waits looks whether it concerns him.</summary>
    public void WakeAll() => WakeWhere(long.MaxValue - 1);

    void Fire()
    {
        // Cleared before looking: a request that comes now either is seen below or sees this and sets the timer itself.
        Interlocked.Exchange(ref armed, long.MaxValue);
        var next = WakeWhere(clock.Now);
        if (next < long.MaxValue) Arm(next);
    }

    long WakeWhere(long until)
    {
        var next = long.MaxValue;
        List<Call>? woken = null;
        lock (gate)
        {
            for (var i = 0; i < count; i++)
            {
                var due = all[i]!.Due;
                if (due <= until) (woken ??= []).Add(all[i]!);
                else next = Math.Min(next, due);
            }
        }
        foreach (var call in woken ?? [])
            if (inline) call.Wake();
            else ThreadPool.UnsafeQueueUserWorkItem(call, preferLocal: false);
        return next;
    }

    void Forget(Call call)
    {
        var last = all[--count]!;
        all[count] = null;
        if (last == call) return;
        all[call.Place] = last;
        last.Place = call.Place;
    }

    /// <summary>Takes no new request. Those under way keep their timer, for their deadlines hold to the end.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            Interlocked.Exchange(ref ending, true);
            DisposeWhenIdle();
        }
    }

    void DisposeWhenIdle()
    {
        foreach (var shelf in shelves) shelf?.Gather();
        if (shelves.Sum(shelf => shelf?.Rest.Count ?? 0) == count) timer.Dispose();
    }
}
