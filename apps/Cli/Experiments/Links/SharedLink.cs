namespace SmartClients.Cli.Experiments.Links;

/// <summary>A link of a limited rate: bytes leave it one after the other, whosever they are.</summary>
/// <param name="bytesPerSecond">The rate.</param>
/// <param name="time">The clock.</param>
internal sealed class SharedLink(double bytesPerSecond, TimeProvider time)
{
    // Timers are late: what a link misses by that it may catch up with, as the kernel's has a burst.
    static readonly TimeSpan Slack = TimeSpan.FromMilliseconds(20);

    readonly Lock gate = new();
    readonly long beginning = time.GetTimestamp();
    TimeSpan free = -Slack;

    /// <summary>Returns when so many bytes have left.</summary>
    public Task SendAsync(int bytes, CancellationToken cancel)
    {
        TimeSpan wait;
        lock (gate)
        {
            var now = time.GetElapsedTime(beginning);
            free = (free > now - Slack ? free : now - Slack) + TimeSpan.FromSeconds(bytes / bytesPerSecond);
            wait = free - now;
        }
        return wait < TimeSpan.FromMilliseconds(1) ? Task.CompletedTask : Task.Delay(wait, time, cancel);
    }
}
