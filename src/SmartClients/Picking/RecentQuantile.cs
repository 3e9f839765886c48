namespace SmartClients.Picking;

/// <summary>A quantile of the last 128 numbers, by nearest rank; a few numbers old once there are many. Safe for concurrent use.</summary>
internal sealed class RecentQuantile(double quantile)
{
    const int Window = 128;
    const int Every = 16;

    readonly double[] numbers = new double[Window];
    double value = double.PositiveInfinity;
    long count;

    /// <summary>The quantile; infinite before any number.</summary>
    public double Value => Volatile.Read(ref value);

    public void Add(double number)
    {
        var n = Interlocked.Increment(ref count);
        Volatile.Write(ref numbers[(n - 1) % Window], number);
        if (n <= Every || n % Every == 0) Refresh((int)Math.Min(n, Window));
    }

    void Refresh(int n)
    {
        Span<double> sorted = stackalloc double[n];
        for (var i = 0; i < n; i++) sorted[i] = Volatile.Read(ref numbers[i]);
        sorted.Sort();
        Volatile.Write(ref value, sorted[Math.Clamp((int)Math.Ceiling(quantile * n) - 1, 0, n - 1)]);
    }
}
