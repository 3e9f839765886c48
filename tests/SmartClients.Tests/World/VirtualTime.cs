namespace SmartClients.Tests.World;

/// <summary>
/// A clock that stands until a test moves it. Timers run on the thread that moves it, in order of time, ties in order of
/// creation, so that a test with seeded chance has one course and no other.
/// </summary>
internal sealed class VirtualTime : TimeProvider
{
    readonly Lock gate = new();
    readonly PriorityQueue<(Timer Timer, int Setting), (long Due, long Order)> queue = new();
    long now = 1_000_000_000;
    long order;
    int armed;

    public override long TimestampFrequency => 1_000_000_000;

    /// <summary>Timers that are set and have not fired.</summary>
    public int Armed => Volatile.Read(ref armed);

    public long Now => Volatile.Read(ref now);

    public override long GetTimestamp() => Now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(Now / 100);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Runs everything that is due within a span, and ends at its end.</summary>
    public void Run(TimeSpan span) => Inline(() =>
    {
        var end = now + span.Ticks * 100;
        while (Next(end) is { } fire) fire();
        Volatile.Write(ref now, end);
    });

    /// <summary>Runs until a condition holds.</summary>
    /// <exception cref="InvalidOperationException">Nothing is left to happen, or not within an hour, and it does not hold.</exception>
    public void RunUntil(Func<bool> holds) => Inline(() =>
    {
        var end = now + 3600L * 1_000_000_000;
        while (!holds()) (Next(end) ?? throw new InvalidOperationException("Nothing more happens, and the condition does not hold."))();
    });

    /// <summary>The result of a task that only virtual time holds up.</summary>
    public T Run<T>(ValueTask<T> task)
    {
        var whole = task.AsTask();
        RunUntil(() => whole.IsCompleted);
        return whole.GetAwaiter().GetResult();
    }

    /// <summary>The end of a task that only virtual time holds up.</summary>
    public void Run(Task task)
    {
        RunUntil(() => task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    // A test framework's context would have continuations posted to other threads.
    static void Inline(Action run)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            run();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    Action? Next(long end)
    {
        lock (gate)
        {
            while (queue.TryPeek(out var item, out var key) && key.Due <= end)
            {
                queue.Dequeue();
                if (item.Timer.Setting != item.Setting) continue;
                Volatile.Write(ref now, Math.Max(now, key.Due));
                return item.Timer.Fired();
            }
            return null;
        }
    }

    sealed class Timer(VirtualTime time, TimerCallback callback, object? state) : ITimer
    {
        bool set;
        bool disposed;
        TimeSpan period;

        public int Setting { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
        {
            lock (time.gate)
            {
                if (disposed) return false;
                Unset();
                period = newPeriod;
                if (dueTime >= TimeSpan.Zero) Set(dueTime);
                return true;
            }
        }

        public Action Fired()
        {
            Unset();
            if (period > TimeSpan.Zero) Set(period);
            return () => callback(state);
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                Unset();
                disposed = true;
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }

        void Set(TimeSpan due)
        {
            set = true;
            time.armed++;
            time.queue.Enqueue((this, Setting), (time.now + due.Ticks * 100, time.order++));
        }

        void Unset()
        {
            Setting++;
            if (set) time.armed--;
            set = false;
        }
    }
}
