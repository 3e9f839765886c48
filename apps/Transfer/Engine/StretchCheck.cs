using System.Buffers;
using System.Security.Cryptography;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Pieces;

namespace SmartClients.Transfer.Engine;

/// <summary>Holds what was fetched against the hashes of its stretches, as soon as a stretch is there. What is wrong is fetched again from
/// others; who delivered it is named and left out, at once where that is one mirror, else as soon as the right bytes show whose were wrong.</summary>
internal sealed class StretchCheck(Job job, StretchSums sums)
{
    const int MostAttempts = 16;
    const int BufferLength = 256 << 10;

    readonly Lock gate = new();
    readonly bool[] claimed = new bool[sums.Hashes.Length];
    readonly bool[] right = new bool[sums.Hashes.Length];
    readonly Dictionary<int, int> attempts = [];
    readonly Dictionary<int, HashSet<int>> changed = [];
    int busy;

    Layout Layout => job.Map.Layout;

    /// <summary>Whether a stretch is being checked.</summary>
    public bool IsBusy => Volatile.Read(ref busy) > 0;

    /// <summary>A piece is there: the stretches that are whole with it are checked, beside the next requests.</summary>
    public void Finished(Piece piece)
    {
        lock (gate)
            if (piece.Changed.Count > 0) changed[piece.Index] = [.. piece.Changed];
        Begin(First(piece.Start), Last(piece.End));
    }

    /// <summary>Pieces of an earlier process are there.</summary>
    public void Begin(int first, int last)
    {
        for (var stretch = first; stretch <= last; stretch++)
        {
            if (!TryClaim(stretch)) continue;
            Interlocked.Increment(ref busy);
            var its = stretch;
            _ = Task.Run(() => Run(its));
        }
    }

    bool TryClaim(int stretch)
    {
        var (first, last) = PiecesOf(stretch);
        for (var i = first; i <= last; i++)
            if (job.Map.State(i) < PieceState.Fetched) return false;
        lock (gate)
        {
            if (claimed[stretch]) return false;
            return claimed[stretch] = true;
        }
    }

    void Run(int stretch)
    {
        try
        {
            if (IsRight(stretch)) Right(stretch);
            else Wrong(stretch);
        }
        catch (Exception error)
        {
            job.Fault = error as DownloadException ?? new DownloadException(error.Message, error);
        }
        finally
        {
            Interlocked.Decrement(ref busy);
            job.Wake.Up();
        }
    }

    bool IsRight(int stretch)
    {
        var (from, to) = Bounds(stretch);
        using var hash = IncrementalHash.CreateHash(sums.Hashes[stretch].Name);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (var at = from; at < to; at += BufferLength)
            {
                var bytes = buffer.AsSpan(0, (int)Math.Min(BufferLength, to - at));
                job.Target.Read(at, bytes);
                hash.AppendData(bytes);
            }
            return hash.GetHashAndReset().AsSpan().SequenceEqual(sums.Hashes[stretch].Value);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    void Right(int stretch)
    {
        var (first, last) = PiecesOf(stretch);
        HashSet<int> guilty = [];
        lock (gate)
        {
            right[stretch] = true;
            for (var i = first; i <= last; i++)
                if (changed.Remove(i, out var whose)) guilty.UnionWith(whose);
        }
        foreach (var number in guilty) Blame(number, stretch);
        for (var i = first; i <= last; i++)
            if (IsSettled(i)) job.Map.Settle(i);
    }

    bool IsSettled(int piece)
    {
        lock (gate)
        {
            for (var stretch = First(Layout.Start(piece)); stretch <= Last(Layout.End(piece)); stretch++)
                if (!right[stretch]) return false;
            return true;
        }
    }

    void Wrong(int stretch)
    {
        var (from, to) = Bounds(stretch);
        var (first, last) = PiecesOf(stretch);
        var from1 = Enumerable.Range(first, last - first + 1).SelectMany(job.Map.Deliveries)
            .Where(delivery => delivery.From < to && delivery.To > from).Select(delivery => delivery.Mirror).ToHashSet();
        int? suspect = null;
        lock (gate)
        {
            // Nobody can say whose fault it is for ever: then the hash itself is not this file's.
            if ((attempts[stretch] = attempts.GetValueOrDefault(stretch) + 1) > MostAttempts)
                throw new DownloadException($"No mirror has the bytes {from} to {to - 1} that the manifest's hash is of");
            // Each in turn is left out of the whole stretch: pieces that go to anybody would hardly ever all be right at once.
            if (from1.Count > 1) suspect = from1.Order().ElementAt(attempts[stretch] % from1.Count);
        }
        if (from1.Count == 1) Blame(from1.Single(), stretch);
        else job.Tell($"Bytes {from} to {to - 1} are wrong, and came from {Names(from1)}: they are fetched again");
        for (var i = first; i <= last; i++) job.Map.Again(i, Doubt.Replace, suspect);
        lock (gate)
            for (var i = First(Layout.Start(first)); i <= Last(Layout.End(last)); i++) claimed[i] = right[i] = false;
    }

    void Blame(int number, int stretch)
    {
        var (from, to) = Bounds(stretch);
        var mirror = job.Mirrors.At(number);
        mirror.Failed("wrong bytes");
        job.LeaveOut(mirror, $"serves wrong bytes (between {from} and {to - 1})");
    }

    string Names(IEnumerable<int> numbers)
    {
        var names = string.Join(" and ", numbers.Select(number => job.Mirrors.At(number).Endpoint.Address));
        return names.Length > 0 ? names : "an earlier call";
    }

    int First(long position) => (int)(position / sums.Length);

    int Last(long end) => (int)((end - 1) / sums.Length);

    (long From, long To) Bounds(int stretch) => (stretch * sums.Length, Math.Min(Layout.Size, (stretch + 1) * sums.Length));

    (int First, int Last) PiecesOf(int stretch)
    {
        var (from, to) = Bounds(stretch);
        return (Layout.IndexOf(from), Layout.IndexOf(to - 1));
    }
}
