using System.Buffers;
using System.Buffers.Binary;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Pieces;
using SmartClients.Transfer.Targets;

namespace SmartClients.Transfer.Resuming;

/// <summary>Goes on with what an earlier process left: every piece of the part file that still has its checksum. And leaves the like.</summary>
internal sealed class Resumption(string path, PartFile part, ControlFile control, DownloadOptions options)
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    const int BufferLength = 1 << 20;

    ControlDocument? left;
    long lastWrite = options.Time.GetTimestamp();
    long bytesWritten = -1;
    bool isDiscarded;

    /// <summary>Bytes that could be used.</summary>
    public long Bytes { get; private set; }

    /// <summary>The size of the file as the earlier process knew it; <see langword="null"/> when it left nothing that can be used.</summary>
    public long? Find()
    {
        if (!options.Resume || part.Length == 0) return null;
        left = control.Read();
        if (left is not null && (left.Path != path || left.Hash != options.Sums.Whole?.ToString() || options.Sums.Size is { } size && size != left.Size || part.Length != left.Size)) left = null;
        return left?.Size;
    }

    /// <summary>The layout that the earlier process used for a size.</summary>
    public Layout? LayoutOf(long size) => left is not null && left.Size == size ? new Layout(size, left.PieceLength) : null;

    /// <summary>Takes over the pieces that are right.</summary>
    public void Restore(Job job, CancellationToken cancel)
    {
        if (left is null || left.Size != job.Map.Layout.Size || left.PieceLength != job.Map.Layout.PieceLength) return;
        var numbers = left.Mirrors.Select(told => Number(job, told)).ToArray();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        for (var i = 0; i < job.Map.Layout.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            int mirror = BinaryPrimitives.ReadUInt16LittleEndian(left.Pieces.AsSpan(2 * i));
            var sum = BinaryPrimitives.ReadUInt32LittleEndian(left.Sums.AsSpan(4 * i));
            if (mirror == 0 || SumOf(job.Map.Layout, i, buffer) != sum) continue;
            job.Map.Restore(i, sum, mirror <= numbers.Length ? numbers[mirror - 1] : null, isChecked: !options.HasStretches);
        }
        ArrayPool<byte>.Shared.Return(buffer);
        Bytes = job.Map.Bytes;
        left = null;
    }

    /// <summary>Whether the next call could use nothing of what is there.</summary>
    /// <param name="fetched">Bytes that were fetched so far.</param>
    public bool IsUseless(long fetched) => isDiscarded || left is null && fetched == 0;

    /// <summary>Nothing of what is there can be used again.</summary>
    public void Discard() => isDiscarded = true;

    /// <summary>The file is another one now.</summary>
    public void Forget() => (left, Bytes) = (null, 0);

    /// <summary>Leaves word for the next process, if it is time.</summary>
    public void Keep(Job job, bool now = false)
    {
        if (!now && options.Time.GetElapsedTime(lastWrite) < Interval || job.Map.Bytes == bytesWritten) return;
        (lastWrite, bytesWritten) = (options.Time.GetTimestamp(), job.Map.Bytes);
        var layout = job.Map.Layout;
        var (pieces, sums) = (new byte[2 * layout.Count], new byte[4 * layout.Count]);
        for (var i = 0; i < layout.Count; i++)
        {
            if (job.Map.State(i) < PieceState.Fetched) continue;
            // Of several the first: whoever is wrongly held for a piece's only source is only suspected for it.
            var mirror = job.Map.Deliveries(i) is [var first, ..] ? first.Mirror + 1 : ushort.MaxValue;
            BinaryPrimitives.WriteUInt16LittleEndian(pieces.AsSpan(2 * i), (ushort)mirror);
            BinaryPrimitives.WriteUInt32LittleEndian(sums.AsSpan(4 * i), job.Map.Sum(i));
        }
        control.Write(new ControlDocument(ControlFile.Version, path, layout.Size, layout.PieceLength, options.Sums.Whole?.ToString(),
            [.. job.Mirrors.All.Select(mirror => new ControlMirror(mirror.Endpoint.Address, mirror.Version))], pieces, sums));
    }

    static int? Number(Job job, ControlMirror told)
    {
        foreach (var mirror in job.Mirrors.All)
            if (mirror.Endpoint.Address == told.Address)
            {
                mirror.Version = told.FileVersion;
                return mirror.Number;
            }
        return null;
    }

    uint SumOf(Layout layout, int piece, byte[] buffer)
    {
        var sum = Checksum.None;
        for (var at = layout.Start(piece); at < layout.End(piece); at += buffer.Length)
        {
            var bytes = buffer.AsSpan(0, (int)Math.Min(buffer.Length, layout.End(piece) - at));
            part.Read(at, bytes);
            sum = Checksum.Add(sum, bytes);
        }
        return sum;
    }
}
