using System.Buffers;
using SmartClients.Transfer.Mirrors;
using SmartClients.Transfer.Pieces;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>One attempt: a mirror, a piece, from the byte reached to its end.</summary>
internal static class Fetch
{
    const int BufferLength = 256 << 10;
    const int Handful = 64 << 10;
    const int Awaited = 32 << 10;

    static readonly TimeSpan ShortestMoment = TimeSpan.FromMilliseconds(2);
    static readonly TimeSpan LongestMoment = TimeSpan.FromMilliseconds(20);

    public static async ValueTask RunAsync(Job job, Errand errand, Mirror mirror, CancellationToken cancel)
    {
        var piece = errand.Claim(map => Claim(job, map, mirror)) ?? throw new NothingToFetchException();
        var position = piece.Enter(mirror.Number);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        Lane? lane = null;
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel, piece.Over);
        try
        {
            // Somebody has just brought the last byte.
            if (position == piece.End) return;
            var (began, first) = (job.Time.GetTimestamp(), position);
            piece.LastByte = began;
            lane = await ReachAsync(job, errand.Map, mirror, piece, position, buffer, over.Token).ConfigureAwait(false);
            var opened = job.Time.GetTimestamp();
            var added = Added.GoOn;
            while (added == Added.GoOn)
            {
                var wanted = (int)Math.Min(BufferLength, piece.End - position);
                var reading = lane.ReadAsync(buffer.AsMemory(0, wanted), over.Token);
                var waited = !reading.IsCompleted;
                var read = await reading.ConfigureAwait(false);
                if (read == 0) throw new FileException(FileProblem.Broken, $"the file ended at byte {position} of {job.Map.Layout.Size}");
                added = Add(job, piece, position, buffer.AsSpan(0, read), mirror.Number);
                position += read;
                mirror.Delivered(read);
                job.ByteCame();
                piece.LastByte = job.Time.GetTimestamp();
                // What trickles in would wake the processor for each packet: a moment later there is more of it. A short read without a
                // wait says nothing: where something cuts the bytes, more may be there already.
                if (added == Added.GoOn && waited && !lane.Gathers && read < Math.Min(Handful, wanted))
                    await Task.Delay(MomentFor(position - first, job.Time.GetElapsedTime(opened)), job.Time, over.Token).ConfigureAwait(false);
            }
            mirror.Took(position - first, job.Time.GetElapsedTime(began));
            var isNews = added == Added.Finished && errand.Map.Finish(piece, isChecked: !job.Options.HasStretches || piece.Doubt == Doubt.Compare);
            if (position < lane.End && position == lane.Position)
            {
                mirror.KeepLane(lane);
                lane = null;
            }
            if (isNews) job.Finished(piece);
            if (added == Added.Disputed) job.Disputed(piece);
        }
        finally
        {
            piece.Leave(mirror.Number);
            ArrayPool<byte>.Shared.Return(buffer);
            if (lane is not null) await lane.DisposeAsync().ConfigureAwait(false);
        }
    }

    // Less than a connection's smallest window: else the window would bound the speed, which lengthens the moment, which lowers the speed.
    static TimeSpan MomentFor(long bytes, TimeSpan time)
    {
        var moment = time * ((double)Awaited / bytes);
        return moment < ShortestMoment ? ShortestMoment : moment > LongestMoment ? LongestMoment : moment;
    }

    static Piece? Claim(Job job, PieceMap map, Mirror mirror)
    {
        var (positions, limit) = (mirror.Positions, job.Target.Limit);
        return mirror.IgnoresParts
            ? map.ClaimFrom(mirror.Number, positions.Count > 0 ? positions.Max() : 0, limit)
            : map.Claim(mirror.Number, positions, number => job.Mirrors.At(number).Speed, limit, OthersOf(job, mirror));
    }

    static Dictionary<long, int> OthersOf(Job job, Mirror mirror)
    {
        var positions = new Dictionary<long, int>();
        foreach (var other in job.Usable)
            if (other != mirror)
                foreach (var position in other.Positions) positions[position] = other.Number;
        return positions;
    }

    // The lane that stands there already, else a new one; lanes that lead to what others have fetched meanwhile are closed.
    static async ValueTask<Lane> ReachAsync(Job job, PieceMap map, Mirror mirror, Piece piece, long position, byte[] buffer, CancellationToken cancel)
    {
        var lane = mirror.TakeLane(position);
        if (lane is null)
        {
            foreach (var old in mirror.TakeLanes(static _ => true)) await old.DisposeAsync().ConfigureAwait(false);
            lane = await OpenAsync(job, mirror, position, map.EndOfRun(mirror.Number, piece.Index), cancel).ConfigureAwait(false);
        }
        try
        {
            while (lane.Position < position)
            {
                var wanted = (int)Math.Min(buffer.Length, position - lane.Position);
                if (await lane.ReadAsync(buffer.AsMemory(0, wanted), cancel).ConfigureAwait(false) == 0)
                    throw new FileException(FileProblem.Broken, $"the file ended at byte {lane.Position}");
                job.ByteCame();
            }
            return lane;
        }
        catch
        {
            await lane.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    static async ValueTask<Lane> OpenAsync(Job job, Mirror mirror, long position, long end, CancellationToken cancel)
    {
        RemoteFile file;
        try
        {
            file = await job.AskAsync(mirror, (protocol, at) => protocol.OpenAsync(at, Part(), cancel)).ConfigureAwait(false);
        }
        catch (FileException error) when (error.Problem == FileProblem.Changed)
        {
            mirror.HasAnotherVersion = true;
            job.LeaveOut(mirror, "has another version of the file now");
            throw;
        }
        catch (FileException error) when (error.Problem == FileProblem.BeyondEnd)
        {
            Hearing.Listen(job, mirror, await job.AskAsync(mirror, (protocol, at) => protocol.LookAsync(at, cancel)).ConfigureAwait(false));
            throw;
        }
        try
        {
            Hearing.Listen(job, mirror, file.Facts);
            if (!file.Honoured && !mirror.IgnoresParts)
            {
                mirror.IgnoresParts = true;
                job.MirrorsChanged();
                if (position > 0 && job.HasSeekable) throw new FileException(FileProblem.Unsupported, "it sends the whole file, whatever part it is asked for");
            }
            return new Lane(file, file.Honoured ? end : job.Map.Layout.Size);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        FilePart Part() => (mirror.IgnoresParts ? FilePart.Whole : new FilePart(position, end - position)) with { Version = mirror.Version };
    }

    static Added Add(Job job, Piece piece, long position, ReadOnlySpan<byte> bytes, int mirror)
    {
        try
        {
            return piece.Add(job.Target, position, bytes, mirror);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new TargetException(error);
        }
    }
}
