using System.Runtime.CompilerServices;

namespace SmartClients.Learning;

/// <summary>
/// Two exact counts over a sliding window of ten seconds in ten buckets, without a lock. Exact counts, not a decaying average: a burst would
/// give each sample of an average almost no weight and could hide a full outage.
/// </summary>
/// <remarks>Each bucket is one word: 24 bits of bucket number, then two counts of 20 bits that stop at 1,048,575.</remarks>
internal struct CountWindow
{
    /// <summary>What the window spans, in nanoseconds: of success rates and of budgets alike.</summary>
    public const long Length = 10 * Clock.Second;

    const int Buckets = 10;
    const long Most = (1 << 20) - 1;

    [InlineArray(Buckets)]
    struct Words
    {
        long first;
    }

    Words words;

    /// <summary>Counts one of the first kind or of the second.</summary>
    /// <param name="second">Which of the two counts.</param>
    /// <param name="now">Nanoseconds.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Count(bool second, long now)
    {
        var number = now / (Length / Buckets);
        ref var word = ref words[(int)(number % Buckets)];
        var stamp = (number & 0xFF_FFFF) << 40;
        while (true)
        {
            var before = Volatile.Read(ref word);
            var kept = (before & (0xFF_FFFFL << 40)) == stamp ? before : stamp;
            var first = (kept >> 20) & Most;
            var other = kept & Most;
            if (second) other = Math.Min(other + 1, Most); else first = Math.Min(first + 1, Most);
            if (Interlocked.CompareExchange(ref word, stamp | (first << 20) | other, before) == before) return;
        }
    }

    /// <summary>Both counts over the window that ends now.</summary>
    public readonly (long First, long Second) Read(long now)
    {
        var number = now / (Length / Buckets);
        long first = 0, second = 0;
        for (var back = 0; back < Buckets && back <= number; back++)
        {
            var word = Volatile.Read(in words[(int)((number - back) % Buckets)]);
            if (word >>> 40 != ((number - back) & 0xFF_FFFF)) continue;
            first += (word >> 20) & Most;
            second += word & Most;
        }
        return (first, second);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        for (var i = 0; i < Buckets; i++) Volatile.Write(ref words[i], 0);
    }
}
