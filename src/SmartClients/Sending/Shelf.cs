using System.Numerics;

namespace SmartClients.Sending;

/// <summary>Call objects of one kind that nobody uses: one at hand for each processor, without a lock, and a stack of the rest.</summary>
/// <param name="alone">Everything is on one thread, in virtual time: one at hand is enough, and which object serves next must not hang on the
/// processor that the thread happens to be on.</param>
internal sealed class Shelf(bool alone)
{
    // Pointers: two cache lines, so that processors do not get in each other's way.
    const int Apart = 16;

    // A struct, because storing into an array of references checks the type each time.
    struct Slot
    {
        public Call? Call;
    }

    readonly int mask = Mask(alone);
    readonly Slot[] slots = new Slot[(Mask(alone) + 2) * Apart];

    static int Mask(bool alone) => alone ? 0 : (int)BitOperations.RoundUpToPowerOf2((uint)Environment.ProcessorCount) - 1;

    /// <summary>Guarded by the register's gate.</summary>
    public Stack<Call> Rest { get; } = new();

    ref Call? AtHand => ref slots[((Thread.GetCurrentProcessorId() & mask) + 1) * Apart].Call;

    /// <summary>The one at hand, if there is one.</summary>
    public Call? Take()
    {
        ref var at = ref AtHand;
        return Volatile.Read(ref at) is null ? null : Interlocked.Exchange(ref at, null);
    }

    /// <summary>Puts one at hand, unless there is one.</summary>
    public bool TryPut(Call call)
    {
        ref var at = ref AtHand;
        return Volatile.Read(ref at) is null && Interlocked.CompareExchange(ref at, call, null) is null;
    }

    /// <summary>Moves all to the stack.</summary>
    public void Gather()
    {
        for (var i = 0; i < slots.Length; i++)
            if (Interlocked.Exchange(ref slots[i].Call, null) is { } call) Rest.Push(call);
    }
}
