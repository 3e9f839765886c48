using SmartClients.Transfer.Checking;

namespace SmartClients.Transfer.Pieces;

/// <summary>
/// What there is of a file and what is missing, and which piece a mirror fetches next. A director says who fetches; this says what: the
/// piece that the mirror is about to reach anyway, else the place from which it and whoever is ahead of it will be through together.
/// </summary>
internal sealed class PieceMap(Layout layout)
{
    const ushort Nobody = 0;
    const ushort Several = ushort.MaxValue;

    readonly Lock gate = new();
    readonly PieceState[] states = new PieceState[layout.Count];
    readonly uint[] sums = new uint[layout.Count];
    readonly ushort[] by = new ushort[layout.Count];
    readonly Dictionary<int, IReadOnlyList<Delivery>> several = [];
    readonly Dictionary<int, Piece> open = [];
    readonly Dictionary<int, Doubt> doubts = [];
    readonly Dictionary<int, int> without = [];
    int free = layout.Count;
    int done;
    long bytes;
    int prefix;
    bool closed;

    public Layout Layout => layout;

    /// <summary>Whether nothing is missing, and nothing is to be checked.</summary>
    public bool IsComplete
    {
        get { lock (gate) return done == states.Length; }
    }

    /// <summary>Whether a piece waits for somebody.</summary>
    public bool HasFree
    {
        get { lock (gate) return free > 0; }
    }

    /// <summary>Bytes that are there, of whole pieces.</summary>
    public long Bytes
    {
        get { lock (gate) return bytes; }
    }

    /// <summary>Everything before this position is there and checked.</summary>
    public long Prefix
    {
        get { lock (gate) return Math.Min(layout.Size, layout.Start(prefix)); }
    }

    /// <summary>Those who may be asked: whoever delivered a doubtful piece fetches it anew only where there is nobody else.</summary>
    public IReadOnlyCollection<int> Usable { get; set; } = [];

    /// <summary>The pieces that are being fetched.</summary>
    public IReadOnlyList<Piece> Taken
    {
        get { lock (gate) return [.. open.Values.Where(piece => states[piece.Index] == PieceState.Taken)]; }
    }

    public PieceState State(int index)
    {
        lock (gate) return states[index];
    }

    /// <summary>The checksum of a piece that is there.</summary>
    public uint Sum(int index)
    {
        lock (gate) return sums[index];
    }

    /// <summary>Who delivered a piece that is, or was, there.</summary>
    public IReadOnlyList<Delivery> Deliveries(int index)
    {
        lock (gate) return DeliveriesOf(index);
    }

    /// <summary>A piece that an earlier process fetched.</summary>
    /// <param name="index">Which.</param>
    /// <param name="sum">Its checksum.</param>
    /// <param name="mirror">Who delivered it; <see langword="null"/> when that is not known.</param>
    /// <param name="isChecked">Whether it is to be held against no hash any more.</param>
    public void Restore(int index, uint sum, int? mirror, bool isChecked)
    {
        lock (gate)
        {
            if (states[index] != PieceState.Free) return;
            (sums[index], by[index]) = (sum, mirror is { } number ? (ushort)(number + 1) : Nobody);
            Become(index, isChecked ? PieceState.Done : PieceState.Fetched);
        }
    }

    /// <summary>Whether there is anything for a mirror to fetch.</summary>
    /// <param name="mirror">Its number.</param>
    /// <param name="limit">No byte from here on may be fetched yet.</param>
    public bool HasWorkFor(int mirror, long limit)
    {
        lock (gate)
        {
            if (free == 0) return false;
            if (doubts.Count == 0 && limit == long.MaxValue) return true;
            for (var i = prefix; i < Limit(limit); i++)
                if (IsFreeFor(mirror, i)) return true;
            return false;
        }
    }

    /// <summary>The next piece for a mirror.</summary>
    /// <param name="mirror">Its number.</param>
    /// <param name="lanes">The positions that it has open for reading.</param>
    /// <param name="speed">How fast a mirror is, in any unit; 0 when that is not known.</param>
    /// <param name="limit">No byte from here on may be fetched yet.</param>
    /// <param name="others">The positions that other mirrors have open, and will go on from.</param>
    /// <returns><see langword="null"/> when there is none.</returns>
    public Piece? Claim(int mirror, IReadOnlyList<long> lanes, Func<int, double> speed, long limit, IReadOnlyDictionary<long, int>? others = null)
    {
        lock (gate)
        {
            var before = Limit(limit);
            // What holds up everybody else goes first.
            if (limit != long.MaxValue && prefix < before && IsFreeFor(mirror, prefix)) return Take(prefix);
            foreach (var position in lanes)
            {
                var index = layout.IndexOf(position);
                if (index < before && IsFreeFor(mirror, index) && NextByte(index) == position) return Take(index);
            }
            return BestPlace(mirror, speed, before, others) is { } place ? Take(place) : null;
        }
    }

    /// <summary>The first piece at or behind a position, for a mirror that can only read on.</summary>
    public Piece? ClaimFrom(int mirror, long position, long limit)
    {
        lock (gate)
        {
            for (var i = layout.IndexOf(position); i < Limit(limit); i++)
                if (IsFreeFor(mirror, i) && NextByte(i) >= position) return Take(i);
            for (var i = prefix; i < Limit(limit); i++)
                if (IsFreeFor(mirror, i)) return Take(i);
            return null;
        }
    }

    /// <summary>How far a mirror that begins with this piece can read on before it meets what is taken or there.</summary>
    public long EndOfRun(int mirror, int index)
    {
        lock (gate)
        {
            var next = index + 1;
            while (next < states.Length && IsFreeFor(mirror, next)) next++;
            return Math.Min(layout.Size, layout.Start(next));
        }
    }

    /// <summary>A piece is there.</summary>
    /// <param name="piece">Which.</param>
    /// <param name="isChecked">Whether there is no hash to hold it against.</param>
    /// <returns>Whether that was wanted: it was not if it is doubted once more, and somebody fetches it anew, or will.</returns>
    public bool Finish(Piece piece, bool isChecked)
    {
        lock (gate)
        {
            if (open.GetValueOrDefault(piece.Index) != piece) return false;
            open.Remove(piece.Index);
            doubts.Remove(piece.Index);
            // What was only compared is still whose it was.
            if (piece.Doubt != Doubt.Compare)
            {
                var deliveries = piece.Deliveries;
                several.Remove(piece.Index);
                if (deliveries.Count == 1) by[piece.Index] = (ushort)(deliveries[0].Mirror + 1);
                else (by[piece.Index], several[piece.Index]) = (Several, deliveries);
                sums[piece.Index] = piece.Sum;
            }
            Become(piece.Index, isChecked ? PieceState.Done : PieceState.Fetched);
            return true;
        }
    }

    /// <summary>A piece was held against its hash, and is right.</summary>
    public void Settle(int index)
    {
        lock (gate)
            if (states[index] == PieceState.Fetched) Become(index, PieceState.Done);
    }

    /// <summary>Nobody fetches a piece any more, and it is not there: the next one goes on from the byte reached.</summary>
    public void GiveBack(Piece piece)
    {
        lock (gate)
            if (open.GetValueOrDefault(piece.Index) == piece && !piece.IsHeld && states[piece.Index] == PieceState.Taken) Become(piece.Index, PieceState.Free);
    }

    /// <summary>A piece that is there is fetched again, from somebody else.</summary>
    public void Again(int index, Doubt doubt, int? leftOut = null)
    {
        lock (gate)
        {
            if (states[index] < PieceState.Fetched && !doubts.ContainsKey(index)) return;
            if (open.Remove(index, out var old)) old.Close();
            doubts[index] = doubt;
            if (leftOut is { } suspect) without[index] = suspect;
            else without.Remove(index);
            Become(index, PieceState.Free);
        }
    }

    /// <summary>Pieces that were to be compared, and were not yet, are left as they are.</summary>
    public void EndComparing()
    {
        lock (gate)
            foreach (var (index, _) in doubts.Where(doubt => doubt.Value == Doubt.Compare).ToList())
            {
                doubts.Remove(index);
                if (open.Remove(index, out var old)) old.Close();
                Become(index, PieceState.Done);
            }
    }

    /// <summary>The file is not wanted any more: no attempt that is still under way writes another byte, or begins a piece.</summary>
    public void Close()
    {
        lock (gate)
        {
            closed = true;
            foreach (var piece in open.Values) piece.Close();
            open.Clear();
        }
    }

    // Where the largest part of the file is to be had: a whole run of free pieces, or that part of one which whoever is ahead of it
    // will not have reached by the time that both are through.
    int? BestPlace(int mirror, Func<int, double> speed, int before, IReadOnlyDictionary<long, int>? others)
    {
        var (best, most) = ((int?)null, 0);
        for (var i = prefix; i < before; i++)
        {
            if (!IsFreeFor(mirror, i)) continue;
            var first = i;
            while (i < before && IsFreeFor(mirror, i)) i++;
            var at = first + Ahead(WhoComes(first, others), i - first, mirror, speed);
            if (i - at <= most) continue;
            (best, most) = (at, i - at);
        }
        return best;
    }

    // Who will go on with a run of free pieces: whoever stands at its beginning, or fetches the piece before it.
    int? WhoComes(int first, IReadOnlyDictionary<long, int>? others)
    {
        if (others is not null && others.TryGetValue(layout.Start(first), out var waiting)) return waiting;
        return first > 0 && states[first - 1] == PieceState.Taken && open[first - 1].Holders is [var holder, ..] ? holder : null;
    }

    static int Ahead(int? other, int length, int mirror, Func<int, double> speed)
    {
        if (other is not { } ahead) return 0;
        var (its, mine) = (speed(ahead), speed(mirror));
        var share = its > 0 && mine > 0 ? its / (its + mine) : 0.5;
        return Math.Min(length - 1, (int)Math.Ceiling(length * share));
    }

    int Limit(long limit) => limit >= layout.Size ? states.Length : Math.Min(states.Length, Math.Max(prefix + 1, layout.IndexOf(limit)));

    bool IsFreeFor(int mirror, int index) =>
        !closed && states[index] == PieceState.Free && (doubts.Count == 0 || !doubts.TryGetValue(index, out var doubt) || MayDoAgain(mirror, index, doubt));

    bool MayDoAgain(int mirror, int index, Doubt doubt)
    {
        if (without.TryGetValue(index, out var suspect)) return mirror != suspect || Usable.All(other => other == suspect);
        var deliveries = DeliveriesOf(index);
        if (!deliveries.Any(delivery => delivery.Mirror == mirror)) return true;
        return doubt == Doubt.Replace && Usable.All(other => deliveries.Any(delivery => delivery.Mirror == other));
    }

    IReadOnlyList<Delivery> DeliveriesOf(int index) => by[index] switch
    {
        Nobody => [],
        Several => several[index],
        var number => [new Delivery(number - 1, layout.Start(index), layout.End(index))],
    };

    long NextByte(int index) => open.TryGetValue(index, out var piece) ? piece.Reached : layout.Start(index);

    Piece Take(int index)
    {
        if (!open.TryGetValue(index, out var piece))
            open[index] = piece = new Piece(index, layout.Start(index), layout.End(index))
            {
                Doubt = doubts.GetValueOrDefault(index),
                Before = doubts.ContainsKey(index) ? DeliveriesOf(index) : [],
            };
        Become(index, PieceState.Taken);
        return piece;
    }

    void Become(int index, PieceState state)
    {
        var old = states[index];
        states[index] = state;
        free += (state == PieceState.Free ? 1 : 0) - (old == PieceState.Free ? 1 : 0);
        done += (state == PieceState.Done ? 1 : 0) - (old == PieceState.Done ? 1 : 0);
        bytes += ((state >= PieceState.Fetched ? 1 : 0) - (old >= PieceState.Fetched ? 1 : 0)) * (layout.End(index) - layout.Start(index));
        if (state != PieceState.Done) prefix = Math.Min(prefix, index);
        else while (prefix < states.Length && states[prefix] == PieceState.Done) prefix++;
    }
}
