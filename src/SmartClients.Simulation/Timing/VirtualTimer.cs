namespace SmartClients.Simulation.Timing;

/// <summary>A timer of <see cref="VirtualTime"/>, to the nanosecond.</summary>
internal sealed class VirtualTimer(VirtualTime time, TimerCallback callback, object? state) : Appointment, ITimer
{
    const int NanosecondsPerTick = 100;

    TimeSpan period;
    bool disposed;

    public bool Change(TimeSpan dueTime, TimeSpan newPeriod)
    {
        if (disposed) return false;
        period = newPeriod;
        if (dueTime < TimeSpan.Zero) time.CallOff(this);
        else time.Set(this, time.Now + dueTime.Ticks * NanosecondsPerTick);
        return true;
    }

    public override void Happen()
    {
        if (period > TimeSpan.Zero) time.Set(this, time.Now + period.Ticks * NanosecondsPerTick);
        callback(state);
    }

    public void Dispose()
    {
        time.CallOff(this);
        disposed = true;
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }
}
