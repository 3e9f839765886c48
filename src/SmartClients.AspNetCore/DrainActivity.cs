namespace SmartClients.AspNetCore;

/// <summary>Whether clients still send requests here.</summary>
internal sealed class DrainActivity(TimeProvider time)
{
    int inFlight;
    long lastAt = time.GetTimestamp();

    /// <summary>Whether anybody counts: without that, nobody knows that the replica is quiet.</summary>
    public bool Counts { get; set; }

    public void Began()
    {
        Interlocked.Increment(ref inFlight);
        Volatile.Write(ref lastAt, time.GetTimestamp());
    }

    public void Ended() => Interlocked.Decrement(ref inFlight);

    public bool QuietFor(TimeSpan span) =>
        Counts && Volatile.Read(ref inFlight) == 0 && time.GetElapsedTime(Volatile.Read(ref lastAt)) >= span;
}
