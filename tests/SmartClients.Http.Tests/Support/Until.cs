using Xunit;

namespace SmartClients.Http.Tests.Support;

/// <summary>Waits for what must happen, with a generous limit.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        while (!condition())
        {
            if (time.GetElapsedTime(start) > TimeSpan.FromSeconds(20)) throw new TimeoutException($"never: {what}");
            await Task.Delay(TimeSpan.FromMilliseconds(5), time, TestContext.Current.CancellationToken);
        }
    }
}
