using System.Buffers;
using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>Some of a pick's candidates, in a borrowed array: for lists of a request's own, of which nothing was computed beforehand.</summary>
internal ref struct Gathered(int most)
{
    readonly Replica[] array = ArrayPool<Replica>.Shared.Rent(most);

    public int Count { get; private set; }

    public readonly ReadOnlySpan<Replica> All => array.AsSpan(0, Count);

    public void Add(Replica replica) => array[Count++] = replica;

    /// <summary>Gives the array back, without the replicas.</summary>
    public readonly void Return()
    {
        Array.Clear(array, 0, Count);
        ArrayPool<Replica>.Shared.Return(array);
    }
}
