using SmartClients.Membership;
using SmartClients.Transfer.Pieces;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Engine;

/// <summary>Keeps as many requests under way as there are mirrors for, until nothing is missing. Whom each goes to is the director's
/// choice; where nothing is free any more, an idle mirror is given a copy of the piece that would otherwise be the last.</summary>
internal sealed class Crew(Job job, Action eachTurn)
{
    static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250);
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);
    static readonly TimeSpan NoByteFor = TimeSpan.FromMilliseconds(200);
    const double WorthACopy = 1.25;
    const double OpeningCost = 0.01;

    static readonly RequestOptions Patient = new() { Timeout = Timeout.InfiniteTimeSpan, AttemptTimeout = Timeout.InfiniteTimeSpan };

    TimeSpan pause = FirstPause;

    /// <summary>Fetches until the file is complete, or of another size than was thought, or nobody can be asked for what is missing.</summary>
    /// <param name="enough">Whether to end before that; <see langword="null"/> for never.</param>
    /// <param name="cancel">Gives up.</param>
    /// <exception cref="DownloadException">It cannot be had.</exception>
    public async Task RunAsync(Func<bool>? enough, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var running = new List<Task>();
        var tick = Task.Delay(Tick, job.Time, stop.Token);
        var nothingWasToDo = false;
        try
        {
            while (!job.Map.IsComplete && job.Agreement.Moved is null && enough?.Invoke() != true)
            {
                cancel.ThrowIfCancellationRequested();
                if (job.Fault is { } fault) throw fault;
                job.Wake.Heard();
                // What ends from here on rings, and is looked at in the next turn.
                var wasBusy = job.IsBusy;
                eachTurn();
                while (running.Count < Places() && NextErrand() is { } errand) running.Add(CarryOutAsync(errand, stop.Token));
                var nothingToDo = running.Count == 0 && !wasBusy && !job.IsBusy && !job.Map.IsComplete;
                // Twice, a tick or a ring apart: what another thread has found out may be on its way here.
                if (nothingToDo && nothingWasToDo) return;
                nothingWasToDo = nothingToDo;
                await Task.WhenAny([.. running, tick, job.Wake.Rung]).ConfigureAwait(false);
                foreach (var over in running.Where(task => task.IsCompleted).ToList())
                {
                    running.Remove(over);
                    await over.ConfigureAwait(false);
                }
                if (tick.IsCompleted) tick = Task.Delay(Tick, job.Time, stop.Token);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // One for each mirror that takes requests, as far as it is known who does; whoever has not said yet what it has is waited for.
    int Places()
    {
        var able = job.Director.Members.Count(member =>
            member.State is ReplicaState.Up or ReplicaState.Warming or ReplicaState.OnTrial && job.Mirrors.Of(member.Endpoint).Out is null);
        return Math.Clamp(able - (job.Meeting?.Pending ?? 0), 1, job.Options.Parallel);
    }

    Errand? NextErrand()
    {
        if (job.Map.HasFree && job.Director.Members.Any(member => job.MayTake(member.Endpoint, null))) return new Errand(job.Map);
        return WorthCopying() is { } piece ? new Errand(job.Map, piece) : null;
    }

    // The piece whose mirror will be through the latest, if somebody idle would be through clearly sooner.
    Piece? WorthCopying()
    {
        var taken = job.Map.Taken;
        var idle = job.Usable.Where(mirror => !taken.Any(piece => piece.IsHeldBy(mirror.Number))).ToList();
        if (idle.Count == 0) return null;
        var fastest = idle.Max(mirror => mirror.Speed);
        var (slowest, longest) = ((Piece?)null, 0.0);
        foreach (var piece in taken)
        {
            if (piece.Holders is not [var holder] || piece.Doubt == Doubt.Compare) continue;
            var left = piece.End - piece.Reached;
            var its = job.Time.GetElapsedTime(piece.LastByte) > NoByteFor ? double.PositiveInfinity : left / Math.Max(1, job.Mirrors.At(holder).Speed);
            if (its > longest && its > WorthACopy * (OpeningCost + left / Math.Max(1, fastest))) (slowest, longest) = (piece, its);
        }
        return slowest;
    }

    async Task CarryOutAsync(Errand errand, CancellationToken stop)
    {
        var options = Patient with { LeaveOut = endpoint => !job.MayTake(endpoint, errand.Piece), Hedge = job.Options.Parallel == 1 };
        try
        {
            await job.Director.SendAsync<PieceRequest, bool>(new PieceRequest(job, errand), options, stop).ConfigureAwait(false);
            pause = FirstPause;
        }
        catch (NothingToFetchException)
        {
            // Somebody was quicker.
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested || errand.Piece?.Over.IsCancellationRequested == true)
        {
            // Somebody else brought it.
        }
        catch (TargetException error)
        {
            throw new DownloadException(error.Message, error.InnerException);
        }
        catch (Exception error) when (error is ServiceUnavailableException or FileException)
        {
            if (errand.Piece is { Over.IsCancellationRequested: true }) return;
            if (error is FileException || job.Silence > job.Options.Patience) throw Hopeless(error);
            errand.End();
            var wait = pause;
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(wait, job.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            errand.End();
        }
    }

    /// <summary>Why nothing more can be had.</summary>
    public DownloadException Hopeless(Exception? error)
    {
        var why = job.Mirrors.All.Where(mirror => mirror.Out is not null).Select(mirror => $"{mirror.Endpoint.Address} {mirror.Out}").ToList();
        if (error is not null) why.Insert(0, error.Message);
        return new DownloadException($"{job.Map.Bytes} of {job.Map.Layout.Size} bytes were had: {string.Join("; ", why)}", error);
    }
}
