namespace SmartClients.Simulation.Timing;

/// <summary>
/// A clock that moves from one appointment to the next. Everything happens on the thread that runs it, in order of time and, at the
/// same time, in the order in which it was set: one seed has one course and no other.
/// </summary>
/// <remarks>A heap with four children to a node, in which an appointment knows its place: moving one costs as little as setting it, and
/// nothing that was called off stays behind.</remarks>
internal sealed class VirtualTime : TimeProvider
{
    public const long Millisecond = 1_000_000;
    public const long Second = 1_000_000_000;

    /// <summary>When time begins: not at zero, which the core takes for "never".</summary>
    public const long Start = Second;

    readonly record struct Entry(long Due, long Order, Appointment What)
    {
        public bool Before(in Entry other) => Due < other.Due || Due == other.Due && Order < other.Order;
    }

    Entry[] heap = new Entry[1024];
    int count;
    long order;

    /// <summary>Nanoseconds.</summary>
    public long Now { get; private set; } = Start;

    /// <summary>Appointments that have happened.</summary>
    public long Happened { get; private set; }

    public override long TimestampFrequency => Second;

    public override long GetTimestamp() => Now;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(Now / 100);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Sets an appointment, or moves it if it was set.</summary>
    public void Set(Appointment what, long due)
    {
        var entry = new Entry(Math.Max(due, Now), order++, what);
        if (what.Place < 0)
        {
            if (count == heap.Length) Array.Resize(ref heap, count * 2);
            Rise(count++, entry);
        }
        else
        {
            Settle(what.Place, entry);
        }
    }

    /// <summary>Calls an appointment off, if it was set.</summary>
    public void CallOff(Appointment what)
    {
        var place = what.Place;
        if (place < 0) return;
        what.Place = -1;
        var last = heap[--count];
        heap[count] = default;
        if (place < count) Settle(place, last);
    }

    /// <summary>Moves to the next appointment and lets it happen. False when there is none.</summary>
    public bool Step()
    {
        if (count == 0) return false;
        var (due, _, what) = heap[0];
        CallOff(what);
        Now = due;
        Happened++;
        what.Happen();
        return true;
    }

    void Settle(int place, in Entry entry)
    {
        if (place > 0 && entry.Before(heap[(place - 1) >> 2])) Rise(place, entry);
        else Sink(place, entry);
    }

    void Rise(int place, in Entry entry)
    {
        while (place > 0)
        {
            var parent = (place - 1) >> 2;
            if (!entry.Before(heap[parent])) break;
            Put(place, heap[parent]);
            place = parent;
        }
        Put(place, entry);
    }

    void Sink(int place, in Entry entry)
    {
        while (true)
        {
            var child = (place << 2) + 1;
            if (child >= count) break;
            var least = child;
            for (var end = Math.Min(child + 4, count); ++child < end;)
                if (heap[child].Before(heap[least])) least = child;
            if (!heap[least].Before(entry)) break;
            Put(place, heap[least]);
            place = least;
        }
        Put(place, entry);
    }

    void Put(int place, in Entry entry)
    {
        heap[place] = entry;
        entry.What.Place = place;
    }
}
