namespace SmartClients.Cli.Load;

/// <summary>
/// Starts requests at a steady rate whatever becomes of those before, so that a slow server cannot hide behind the requests that
/// it holds up. Each is told when it was meant to start: latency counts from then.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="perSecond">Requests a second. Infinite: each starts as soon as there is room.</param>
/// <param name="mostInFlight">No more at a time than this; a request that must wait for room waits on its own clock.</param>
internal sealed class OpenLoop(TimeProvider time, double perSecond, int mostInFlight)
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    /// <summary>Runs until enough were started or the token is cancelled, then waits for those under way.</summary>
    /// <param name="count">How many to start.</param>
    /// <param name="send">Sends one: its number from 0, and the timestamp at which it was meant to start. Must not throw.</param>
    /// <param name="stop">No further one is started.</param>
    public async Task RunAsync(long count, Func<long, long, Task> send, CancellationToken stop)
    {
        using var room = new SemaphoreSlim(mostInFlight, mostInFlight);
        using var timer = double.IsFinite(perSecond) ? new PeriodicTimer(Tick, time) : null;
        var began = time.GetTimestamp();
        var sent = 0L;
        try
        {
            while (sent < count)
            {
                var due = timer is null ? count : Math.Min(count, 1 + (long)(time.GetElapsedTime(began).TotalSeconds * perSecond));
                for (; sent < due; sent++)
                {
                    await room.WaitAsync(stop);
                    var (number, meant) = (sent, timer is null ? time.GetTimestamp() : began + (long)Math.Round(sent / perSecond * time.TimestampFrequency));
                    _ = Task.Run(() => OneAsync(number, meant, send, room), CancellationToken.None);
                }
                if (sent < count && timer is not null) await timer.WaitForNextTickAsync(stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Those under way still end, and count.
        }
        for (var i = 0; i < mostInFlight; i++) await room.WaitAsync(CancellationToken.None);
    }

    static async Task OneAsync(long number, long meant, Func<long, long, Task> send, SemaphoreSlim room)
    {
        try
        {
            await send(number, meant);
        }
        finally
        {
            room.Release();
        }
    }
}
