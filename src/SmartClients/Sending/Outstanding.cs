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
    Stack<Call>?[] idle = [];
    int count;
    long armed = long.MaxValue;
    volatile bool closed;

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
        lock (gate)
        {
            var kind = CallKind<TRequest, TResult>.Index;
            if (kind < idle.Length && idle[kind] is { } shelf && shelf.TryPop(out var used)) return (Call<TRequest, TResult>)used;
            var call = new Call<TRequest, TResult>(this);
            if (count == all.Length) Array.Resize(ref all, count * 2);
            call.Place = count;
            all[count++] = call;
            return call;
        }
    }

    /// <summary>Takes a call back.</summary>
    public void Return<TRequest, TResult>(Call<TRequest, TResult> call) where TRequest : IRequest<TResult>
    {
        lock (gate)
        {
            var kind = CallKind<TRequest, TResult>.Index;
            if (kind >= idle.Length) Array.Resize(ref idle, kind + 1);
            var shelf = idle[kind] ??= new Stack<Call>();
            if (shelf.Count < MostIdle)
            {
                shelf.Push(call);
                return;
            }
            var last = all[--count]!;
            all[count] = null;
            if (last == call) return;
            all[call.Place] = last;
            last.Place = call.Place;
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
            // Whole milliseconds, rounded up: the platform's timers cut the rest off, and would fire too early again and again.
            var wait = Math.Clamp((due - clock.Now + Clock.Millisecond - 1) / Clock.Millisecond, 1, int.MaxValue / 2);
            timer.Change(TimeSpan.FromMilliseconds(wait), Timeout.InfiniteTimeSpan);
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
        else if (closed) timer.Dispose();
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

    /// <summary>The timer goes once nobody waits any more: requests under way keep their deadlines.</summary>
    public void Dispose()
    {
        closed = true;
        Arm(clock.Now);
    }
}
