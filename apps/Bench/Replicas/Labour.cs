using System.Security.Cryptography;

namespace SmartClients.Bench.Replicas;

/// <summary>Work that a processor really does: rounds of a hash.</summary>
public static class Labour
{
    const int Slices = 20;
    const int Batch = 256;

    static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(5);

    /// <summary>Rounds that one core does in a millisecond: those of the best slice, since others on the machine only ever take time.</summary>
    public static double RoundsPerMs(TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        var best = 0.0;
        for (var slice = 0; slice < Slices; slice++)
        {
            var (began, rounds) = (time.GetTimestamp(), 0);
            TimeSpan took;
            do
            {
                Do(Batch);
                rounds += Batch;
                took = time.GetElapsedTime(began);
            }
            while (took < Slice);
            best = Math.Max(best, rounds / took.TotalMilliseconds);
        }
        return best;
    }

    /// <summary>Does so many rounds on the calling thread.</summary>
    public static void Do(int rounds)
    {
        Span<byte> block = stackalloc byte[SHA256.HashSizeInBytes];
        block.Clear();
        for (var i = 0; i < rounds; i++) SHA256.HashData(block, block);
    }
}
