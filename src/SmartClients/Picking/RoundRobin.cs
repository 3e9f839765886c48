using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>Each candidate in turn, from a random start, so that many short-lived clients do not all begin with the same one.</summary>
public sealed class RoundRobin : Policy
{
    // Padded: the one counter that every thread writes should share its cache line with nothing else.
    readonly long[] counter = new long[16];

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context)
    {
        if (Volatile.Read(ref counter[8]) == 0) Interlocked.CompareExchange(ref counter[8], context.Random.Next(1, int.MaxValue), 0);
        return context.Candidates[(int)((ulong)Interlocked.Increment(ref counter[8]) % (uint)context.Candidates.Length)];
    }
}
