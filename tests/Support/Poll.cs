namespace SmartClients.Testing;

/// <summary>Waits for what must come, as long as a slow machine may need.</summary>
internal static class Poll
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task UntilAsync(Func<bool> condition, CancellationToken cancel)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > Patience) throw new TimeoutException("What was waited for did not come.");
            await Task.Delay(Interval, TimeProvider.System, cancel);
        }
    }
}
