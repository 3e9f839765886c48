namespace SmartClients.Cli.Chatting;

/// <summary>Tells that a room has had no server for a while, once for as long as it has none.</summary>
internal sealed class Absence : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    readonly ITimer timer;
    volatile string? reason;
    bool served;

    /// <summary>Begins without one.</summary>
    /// <param name="tell">Who is told, on any thread.</param>
    /// <param name="time">The clock.</param>
    public Absence(Action<string> tell, TimeProvider time) => timer = time.CreateTimer(
        _ => tell($"no server can be reached{(reason is { } why ? $" ({why})" : "")}; it is tried on, until interrupted"), null, Patience, Timeout.InfiniteTimeSpan);

    /// <summary>There is one.</summary>
    public void Over()
    {
        served = true;
        reason = null;
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>There is none, or still none.</summary>
    public void GoesOn(string why)
    {
        reason = why;
        if (served) timer.Change(Patience, Timeout.InfiniteTimeSpan);
        served = false;
    }

    public void Dispose() => timer.Dispose();
}
