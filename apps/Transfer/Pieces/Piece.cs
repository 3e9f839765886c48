using System.Buffers;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Targets;

namespace SmartClients.Transfer.Pieces;

/// <summary>A piece while it is fetched: by one mirror, or by one after the other from the byte reached, or at the end of the file by two
/// at once. Whoever brings the next byte first has it written; the same byte of the other is dropped.</summary>
#pragma warning disable CA1001 // A cancellation source without a timer holds nothing that needs disposing.
internal sealed class Piece
#pragma warning restore CA1001
{
    readonly Lock gate = new();
    readonly List<Delivery> deliveries = [];
    readonly List<int> holders = [];
    readonly HashSet<int> changed = [];
    readonly CancellationTokenSource over = new();
    long reached;
    bool closed;

    public Piece(int index, long start, long end) => (Index, Start, End, reached) = (index, start, end, start);

    public int Index { get; }

    public long Start { get; }

    public long End { get; }

    /// <summary>Why it is fetched although it was there.</summary>
    public Doubt Doubt { get; init; }

    /// <summary>Who delivered it then.</summary>
    public IReadOnlyList<Delivery> Before { get; init; } = [];

    /// <summary>The first byte that is missing.</summary>
    public long Reached => Volatile.Read(ref reached);

    /// <summary>When its last byte came, or somebody began to fetch it; a timestamp.</summary>
    public long LastByte { get; set; }

    /// <summary>The checksum of what is there.</summary>
    public uint Sum { get; private set; } = Checksum.None;

    /// <summary>Where this differs from what was there before.</summary>
    public Dispute? Dispute { get; private set; }

    /// <summary>Cancelled when nobody need fetch it any more.</summary>
    public CancellationToken Over => over.Token;

    /// <summary>Who delivered it.</summary>
    public IReadOnlyList<Delivery> Deliveries
    {
        get { lock (gate) return [.. deliveries]; }
    }

    /// <summary>Whose bytes were replaced by others.</summary>
    public IReadOnlyCollection<int> Changed
    {
        get { lock (gate) return [.. changed]; }
    }

    /// <summary>Who is fetching it.</summary>
    public IReadOnlyList<int> Holders
    {
        get { lock (gate) return [.. holders]; }
    }

    public bool IsHeld
    {
        get { lock (gate) return holders.Count > 0; }
    }

    public bool IsHeldBy(int mirror)
    {
        lock (gate) return holders.Contains(mirror);
    }

    /// <summary>A mirror begins to fetch it.</summary>
    /// <returns>The byte to begin with.</returns>
    public long Enter(int mirror)
    {
        lock (gate)
        {
            holders.Add(mirror);
            return reached;
        }
    }

    public void Leave(int mirror)
    {
        lock (gate) holders.Remove(mirror);
    }

    /// <summary>Nothing more is written: it is not wanted any longer.</summary>
    public void Close()
    {
        lock (gate) closed = true;
        over.Cancel();
    }

    /// <summary>Takes what a mirror delivered, as far as it is new.</summary>
    public Added Add(Target target, long position, ReadOnlySpan<byte> bytes, int mirror)
    {
        lock (gate)
        {
            if (closed || reached == End) return Added.Late;
            var known = reached - position;
            if (known < 0) throw new InvalidOperationException("A byte was left out.");
            if (known >= bytes.Length) return Added.GoOn;
            var fresh = bytes[(int)known..];
            if (Doubt != Doubt.None && !Compare(target, fresh, mirror)) return Added.Disputed;
            if (Doubt != Doubt.Compare) target.Write(reached, fresh);
            Sum = Checksum.Add(Sum, fresh);
            Note(mirror, fresh.Length);
            Volatile.Write(ref reached, reached + fresh.Length);
            if (reached < End) return Added.GoOn;
        }
        over.Cancel();
        return Added.Finished;
    }

    // Whether to go on: what differs is a dispute, unless it was known to be wrong.
    bool Compare(Target target, ReadOnlySpan<byte> fresh, int mirror)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(fresh.Length);
        try
        {
            var old = buffer.AsSpan(0, fresh.Length);
            target.Read(reached, old);
            if (old.SequenceEqual(fresh)) return true;
            foreach (var delivery in Before)
            {
                var (from, to) = (Math.Max(delivery.From, reached) - reached, Math.Min(delivery.To, reached + fresh.Length) - reached);
                if (from >= to || old[(int)from..(int)to].SequenceEqual(fresh[(int)from..(int)to])) continue;
                changed.Add(delivery.Mirror);
                if (Doubt != Doubt.Compare) continue;
                Dispute = new Dispute(reached + from, old[(int)from..(int)to].ToArray(), delivery.Mirror, fresh[(int)from..(int)to].ToArray(), mirror);
                closed = true;
                return false;
            }
            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    void Note(int mirror, int length)
    {
        if (deliveries is [.., var last] && last.Mirror == mirror) deliveries[^1] = last with { To = last.To + length };
        else deliveries.Add(new Delivery(mirror, reached, reached + length));
    }
}
