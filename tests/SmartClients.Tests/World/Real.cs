namespace SmartClients.Tests.World;

/// <summary>Waiting in real time, for what other threads do.</summary>
internal static class Real
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Looks again and again until a condition holds.</summary>
    public static async Task Until(Func<bool> holds)
    {
        var end = TimeProvider.System.GetTimestamp() + (long)(Patience.TotalSeconds * TimeProvider.System.TimestampFrequency);
        while (!holds())
        {
            if (TimeProvider.System.GetTimestamp() > end) throw new TimeoutException("The condition did not come to hold.");
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Moves virtual time on while it looks, for what needs both other threads and time.</summary>
    public static Task Until(VirtualTime time, TimeSpan step, Func<bool> holds) => Until(() =>
    {
        if (holds()) return true;
        time.Run(step);
        return holds();
    });
}
