namespace SmartClients.Testing;

/// <summary>What a piece of work allocates, in bytes, on this thread.</summary>
internal static class Allocated
{
    const int Rounds = 5;

    /// <summary>The median of five rounds: the runtime books some kilobytes to a thread that a collection or new code interrupts, now and then.</summary>
    public static long By(Action work)
    {
        work();
        var rounds = new long[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            work();
            rounds[i] = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Array.Sort(rounds);
        return rounds[Rounds / 2];
    }
}
