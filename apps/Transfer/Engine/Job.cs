using System.Collections.Concurrent;
using SmartClients.Naming;
using SmartClients.Transfer.Mirrors;
using SmartClients.Transfer.Pieces;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Targets;

namespace SmartClients.Transfer.Engine;

/// <summary>What the steps of one download share.</summary>
internal sealed class Job(Director director, Func<string, FileProtocol> protocol, MirrorTable mirrors, Target target, DownloadOptions options)
{
    readonly HashSet<string> told = [];
    long lastByte = options.Time.GetTimestamp();

    public Director Director => director;

    /// <summary>Asks a mirror for the file, at each place where it may have it, until it is had at one.</summary>
    public async ValueTask<T> AskAsync<T>(Mirror mirror, Func<FileProtocol, FileAddress, ValueTask<T>> ask)
    {
        for (var left = mirror.Places; ; left--)
        {
            var at = mirror.Address;
            try
            {
                return await ask(protocol(at.Scheme), at).ConfigureAwait(false);
            }
            catch (FileException error) when (left > 1 && error.IsOfThePlace)
            {
                mirror.LookElsewhere(at);
            }
        }
    }

    public MirrorTable Mirrors => mirrors;

    public Target Target => target;

    public DownloadOptions Options => options;

    public TimeProvider Time => options.Time;

    public Agreement Agreement { get; } = new(options.Sums.Size);

    /// <summary>Where mirrors are asked for the size before there are pieces; <see langword="null"/> where it is known, or one is asked alone.</summary>
    public Meeting? Meeting { get; set; }

    public PieceMap Map { get; set; } = new(new Layout(0, 1));

    /// <summary>Something happened that the crew should look at.</summary>
    public Wake Wake { get; } = new();

    /// <summary>How long ago the last byte came.</summary>
    public TimeSpan Silence => Time.GetElapsedTime(Volatile.Read(ref lastByte));

    public void ByteCame() => Volatile.Write(ref lastByte, Time.GetTimestamp());

    /// <summary>The mirrors that may be asked, as far as they are known.</summary>
    public IReadOnlyList<Mirror> Usable => [.. mirrors.All.Where(mirror => mirror.Out is null)];

    /// <summary>A mirror is asked no more.</summary>
    public void LeaveOut(Mirror mirror, string reason, bool forItsSize = false)
    {
        if (mirror.Out is not null) return;
        Suspect(mirror, reason);
        mirror.IsOutForItsSize = forItsSize;
        Tell($"{mirror.Endpoint.Address} {reason}; it is left out");
    }

    /// <summary>A mirror did not give what it was asked for. That it is not who it should be is told also where others are, who do.</summary>
    public void Failed(Mirror mirror, FileException error)
    {
        mirror.Failed(error.Message);
        if (error.Problem == FileProblem.Untrusted && director.Members.Length > 1) LeaveOut(mirror, "is not trusted: " + error.Message);
    }

    /// <summary>A mirror is asked no more for now, and nobody is told.</summary>
    public void Suspect(Mirror mirror, string reason)
    {
        mirror.Out = reason;
        MirrorsChanged();
    }

    /// <summary>A mirror that was left out is asked again.</summary>
    public void TakeBack(Mirror mirror)
    {
        (mirror.Out, mirror.IsOutForItsSize, mirror.HasAnotherVersion) = (null, false, false);
        MirrorsChanged();
    }

    public void MirrorsChanged()
    {
        Map.Usable = [.. Usable.Select(mirror => mirror.Number)];
        Wake.Up();
    }

    /// <summary>Whether a mirror can be asked for any part of the file; while there is one, those that send everything are not asked.</summary>
    public bool HasSeekable => Usable.Any(mirror => !mirror.IgnoresParts);

    /// <summary>Whether an endpoint may fetch a piece; <see langword="null"/> for whichever piece there is for it.</summary>
    public bool MayTake(Endpoint endpoint, Piece? its)
    {
        var mirror = mirrors.Of(endpoint);
        if (mirror.Out is not null || mirror.IgnoresParts && HasSeekable) return false;
        return its is { } piece
            ? !piece.IsHeldBy(mirror.Number) && !(piece.Doubt == Doubt.Compare && piece.Before.Any(delivery => delivery.Mirror == mirror.Number))
            : Map.HasWorkFor(mirror.Number, target.Limit);
    }

    /// <summary>Disputes that nobody has looked into yet.</summary>
    public ConcurrentQueue<Dispute> Disputes { get; } = new();

    /// <summary>What holds finished pieces against their hashes; <see langword="null"/> where they have none.</summary>
    public StretchCheck? Check { get; set; }

    /// <summary>Pieces of which two mirrors say the same.</summary>
    public ConcurrentDictionary<int, bool> Vouched { get; } = new();

    /// <summary>Whether what was fetched is being written to a pipe, or hashed.</summary>
    public bool IsPumping { get; set; }

    /// <summary>Whether something is under way beside the requests.</summary>
    public bool IsBusy => IsPumping || Check?.IsBusy == true;

    /// <summary>What went wrong beside the requests.</summary>
    public Exception? Fault { get; set; }

    /// <summary>A piece is there.</summary>
    public void Finished(Piece piece)
    {
        if (piece.Doubt == Doubt.Compare) Vouched[piece.Index] = true;
        else Check?.Finished(piece);
        Wake.Up();
    }

    /// <summary>A piece differs from what another mirror delivered.</summary>
    public void Disputed(Piece piece)
    {
        if (piece.Dispute is { } dispute) Disputes.Enqueue(dispute);
        Wake.Up();
    }

    public void Tell(string text)
    {
        lock (told)
            if (!told.Add(text)) return;
        options.Note(text);
    }
}
