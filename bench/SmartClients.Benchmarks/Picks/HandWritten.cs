namespace SmartClients.Benchmarks.Picks;

/// <summary>The least that a pick can cost: an array of padded counters and nothing else.</summary>
static class HandWritten
{
    // Two cache lines: the processor fetches lines in pairs.
    const int Apart = 128 / sizeof(int);

    public static Action<int> PowerOfTwo(int endpoints)
    {
        var inFlight = new int[(endpoints + 1) * Apart];
        return count =>
        {
            var random = System.Random.Shared;
            for (var i = 0; i < count; i++)
            {
                var first = random.Next(endpoints);
                var second = random.Next(endpoints - 1);
                if (second >= first) second++;
                ref var a = ref inFlight[(first + 1) * Apart];
                ref var b = ref inFlight[(second + 1) * Apart];
                ref var picked = ref Volatile.Read(ref a) <= Volatile.Read(ref b) ? ref a : ref b;
                Interlocked.Increment(ref picked);
                Interlocked.Decrement(ref picked);
            }
        };
    }

    /// <summary>The least of in flight × latency among up to 64, from a random place on.</summary>
    public static Action<int> ShortestDelay(int endpoints)
    {
        var all = Math.Min(endpoints, 64);
        var inFlight = new int[(all + 1) * Apart];
        var latency = new double[all];
        Array.Fill(latency, 1);
        return count =>
        {
            var random = System.Random.Shared;
            for (var i = 0; i < count; i++)
            {
                var (start, best, least) = (random.Next(all), 0, double.PositiveInfinity);
                for (var n = 0; n < all; n++)
                {
                    var at = start + n < all ? start + n : start + n - all;
                    var cost = (Volatile.Read(ref inFlight[(at + 1) * Apart]) + 1) * latency[at];
                    if (cost < least) (best, least) = (at, cost);
                }
                ref var picked = ref inFlight[(best + 1) * Apart];
                Interlocked.Increment(ref picked);
                Interlocked.Decrement(ref picked);
            }
        };
    }

    public static Action<int> Random(int endpoints)
    {
        var names = Enumerable.Range(0, endpoints).Select(i => new object()).ToArray();
        return count =>
        {
            var random = System.Random.Shared;
            object? last = null;
            for (var i = 0; i < count; i++) last = Volatile.Read(ref names[random.Next(endpoints)]);
            GC.KeepAlive(last);
        };
    }
}
