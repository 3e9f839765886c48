namespace SmartClients.Picking;

/// <summary>A fractional number of times, in whole ones: 2.5 gives 2, 3, 2, 3. Safe for concurrent use.</summary>
internal sealed class Portion(double rate)
{
    long count;

    /// <summary>How often this time.</summary>
    public int Next()
    {
        var n = Interlocked.Increment(ref count);
        return (int)(Math.Floor(n * rate) - Math.Floor((n - 1) * rate));
    }
}
