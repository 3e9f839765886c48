namespace SmartClients.Sending;

/// <summary>One request's wait for answers to its probes. An answer that fails counts too: it is waited for no longer.</summary>
internal sealed class ProbeWait
{
    readonly TaskCompletionSource enough;
    readonly ITimer timer;
    readonly int wanted;
    int missing;

    public ProbeWait(int wanted, Clock clock, TimeSpan patience)
    {
        this.wanted = missing = wanted;
        // In virtual time everything happens on one thread, in one order.
        var inline = clock.Time != TimeProvider.System;
        enough = new TaskCompletionSource(inline ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        timer = clock.Time.CreateTimer(static self => ((TaskCompletionSource)self!).TrySetResult(), enough, patience, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The wait, now that so many were asked.</summary>
    /// <returns><see langword="null"/> when it is over already.</returns>
    public Task? For(int asked)
    {
        if (asked < wanted && Interlocked.Add(ref missing, asked - wanted) <= 0) End();
        return enough.Task.IsCompleted ? null : enough.Task;
    }

    public void Arrived()
    {
        if (Interlocked.Decrement(ref missing) == 0) End();
    }

    void End()
    {
        timer.Dispose();
        enough.TrySetResult();
    }
}
