namespace SmartClients.Chat;

/// <summary>How long to wait before the next try: longer each time, give or take a quarter, until something went well.</summary>
internal sealed class Pauses(TimeSpan longest, TimeProvider time, Random random)
{
    const int MostDoublings = 10;

    int failures;

    public void Over() => failures = 0;

    public Task WaitAsync(TimeSpan atLeast, CancellationToken cancel)
    {
        var pause = longest / 10 * (1 << failures);
        failures = Math.Min(failures + 1, MostDoublings);
        if (pause > longest) pause = longest;
        if (pause < atLeast) pause = atLeast < TimeSpan.FromMinutes(1) ? atLeast : TimeSpan.FromMinutes(1);
        return Task.Delay(pause * (0.75 + 0.5 * random.NextDouble()), time, cancel);
    }
}
