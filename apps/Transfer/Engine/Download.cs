using System.Security.Cryptography;
using SmartClients.Naming;
using SmartClients.Transfer.Mirrors;
using SmartClients.Transfer.Pieces;
using SmartClients.Transfer.Protocols;
using SmartClients.Transfer.Resuming;
using SmartClients.Transfer.Targets;

namespace SmartClients.Transfer.Engine;

/// <summary>
/// One file from a group of mirrors. Each piece is a request to the director, which picks the mirror, re-applies elsewhere what a mirror
/// did not finish, and learns; here is only decided which piece it is, and whether the bytes are right.
/// </summary>
/// <param name="director">The group.</param>
/// <param name="protocol">The protocol of a scheme.</param>
/// <param name="locate">Where a mirror has the file.</param>
/// <param name="options">How.</param>
public sealed class Download(Director director, Func<string, FileProtocol> protocol, Func<Endpoint, FileAddress> locate, DownloadOptions options)
{
    const int MostBeginnings = 4;

    readonly MirrorTable mirrors = new(locate);
    Job? running;

    /// <summary>How far it has come.</summary>
    public DownloadProgress Progress => new(running?.Map.Bytes ?? 0, running?.Agreement.Size, Sources());

    /// <summary>Fetches it to a place, which is written only when the file is whole and checked.</summary>
    /// <param name="path">The place. Beside it stand, until then, a <c>.part</c> file (of another name where that is somebody else's) and what
    /// is needed to go on after an interruption. A link is followed and stays; into a device or a named pipe the file goes as into a pipe.</param>
    /// <param name="identity">What was asked for, so that another file's part is not taken for this one's.</param>
    /// <param name="cancel">Ends it; what is there is kept.</param>
    /// <exception cref="DownloadException">It was not had.</exception>
    public async Task<DownloadReport> ToFileAsync(string path, string identity, CancellationToken cancel)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var place = Look(path);
        if (place.IsSpecial)
        {
            await using var output = await OpenAsync(place, cancel).ConfigureAwait(false);
            return await ToPipeAsync(output, cancel).ConfigureAwait(false);
        }
        path = place.Path;
        var part = Open(path);
        var control = new ControlFile(ControlFile.Beside(part.Path), options.Note);
        var resumption = new Resumption(identity, part, control, options);
        var isWhole = false;
        try
        {
            var report = await RunAsync(part, resumption, cancel).ConfigureAwait(false);
            isWhole = true;
            return report;
        }
        finally
        {
            var isUseless = part.Length == 0 || resumption.IsUseless(running?.Map.Bytes ?? 0);
            await part.DisposeAsync().ConfigureAwait(false);
            if (isWhole) Rename(part.Path, path);
            else if (isUseless) File.Delete(part.Path);
            if (isWhole || isUseless) control.Delete();
        }
    }

    /// <summary>Fetches it into a pipe, in order.</summary>
    /// <param name="output">The pipe.</param>
    /// <param name="cancel">Ends it.</param>
    /// <exception cref="DownloadException">It was not had, or not as it should be: what is wrong may have been written.</exception>
    public async Task<DownloadReport> ToPipeAsync(Stream output, CancellationToken cancel)
    {
        var room = Math.Max(options.Room, 2 * (options.Sums.Stretches?.Length ?? 0));
        await using var pipe = new OrderedPipe(output, room);
        return await RunAsync(pipe, null, cancel).ConfigureAwait(false);
    }

    async Task<DownloadReport> RunAsync(Target target, Resumption? resumption, CancellationToken cancel)
    {
        var began = options.Time.GetTimestamp();
        var job = running = new Job(director, protocol, mirrors, target, options);
        using var pump = new Pump(target, Algorithms());
        try
        {
            // Whoever finds the part file from here on, also after a crash, can tell whose it is.
            if (resumption?.Find() is { } known) job.Agreement.Assume(known);
            else resumption?.Keep(job, now: true);
            await director.ReadyAsync(cancel).ConfigureAwait(false);
            foreach (var member in director.Members) mirrors.Of(member.Endpoint);
            var size = await FetchAsync(job, pump, resumption, cancel).ConfigureAwait(false);
            var time = options.Time.GetElapsedTime(began);
            var sha256 = pump.Hashes.TryGetValue(HashAlgorithmName.SHA256, out var hash) ? Convert.ToHexStringLower(hash) : null;
            return new DownloadReport(size, time, sha256, resumption?.Bytes ?? 0, Sources())
            {
                Modified = mirrors.All.Where(mirror => mirror.Facts?.Modified is not null).MaxBy(mirror => mirror.Bytes)?.Facts?.Modified,
            };
        }
        finally
        {
            await EndMeetingAsync(job).ConfigureAwait(false);
            await mirrors.CloseLanesAsync(static (_, _) => true).ConfigureAwait(false);
        }
    }

    async Task<long> FetchAsync(Job job, Pump pump, Resumption? resumption, CancellationToken cancel)
    {
        if (job.Agreement.Size is null && options.Parallel > 1 && director.Members.Length > 1) await MeetAsync(job, cancel).ConfigureAwait(false);
        if (job.Agreement.Size is null)
        {
            var opened = await OpenAsync(job, cancel).ConfigureAwait(false);
            if (job.Agreement.Size is null) return await FetchUnknownAsync(job, pump, opened, cancel).ConfigureAwait(false);
        }
        for (var beginning = 1; ; beginning++)
        {
            Begin(job, resumption, cancel);
            var crew = new Crew(job, () => Turn(job, pump, resumption, cancel));
            try
            {
                await crew.RunAsync(null, cancel).ConfigureAwait(false);
            }
            finally
            {
                if (!job.Map.IsComplete && job.Agreement.Moved is null) resumption?.Keep(job, now: true);
            }
            if (job.Map.IsComplete)
            {
                await FinishAsync(job, pump, resumption, cancel).ConfigureAwait(false);
                return job.Map.Layout.Size;
            }
            if (!await MovedAsync(job, resumption).ConfigureAwait(false) || beginning == MostBeginnings) throw crew.Hopeless(null);
            pump.Restart();
        }
    }

    async Task<long> FetchUnknownAsync(Job job, Pump pump, Opened opened, CancellationToken cancel)
    {
        var size = await new UnknownLength(job, pump).RunAsync(opened, cancel).ConfigureAwait(false);
        if (options.Sums.Whole is { } whole && !IsRight(pump, whole)) throw WrongHash(pump, whole);
        return size;
    }

    static async Task MeetAsync(Job job, CancellationToken cancel)
    {
        job.Meeting = new Meeting(job);
        await job.Meeting.BeginAsync(cancel).ConfigureAwait(false);
        if (job.Agreement.Size is null) await EndMeetingAsync(job).ConfigureAwait(false);
    }

    static async ValueTask EndMeetingAsync(Job job)
    {
        if (job.Meeting is not { } meeting) return;
        await meeting.DisposeAsync().ConfigureAwait(false);
        job.Meeting = null;
    }

    async Task<Opened> OpenAsync(Job job, CancellationToken cancel)
    {
        var request = RequestOptions.Hedged with { LeaveOut = endpoint => mirrors.Of(endpoint).Out is not null };
        var opened = await director.SendAsync<OpeningRequest, Opened>(new OpeningRequest(job), request, cancel).ConfigureAwait(false);
        Hearing.Listen(job, opened.Mirror, opened.File.Facts);
        if (Hearing.IsErrorPage(opened.File.Facts, opened.Mirror.Address)) job.Tell($"{opened.Mirror.Endpoint.Address} sends an HTML page, and no mirror anything better: it is taken for the file");
        if (opened.File.Facts.Size is { } size) opened.Mirror.KeepLane(new Lane(opened.File, size));
        return opened;
    }

    void Begin(Job job, Resumption? resumption, CancellationToken cancel)
    {
        var size = job.Agreement.Size!.Value;
        var sums = options.Sums.Stretches;
        if (sums is not null && !sums.Cover(size)) throw new DownloadException($"The manifest's {sums.Hashes.Length} hashes of {sums.Length} bytes each are not of a file of {size} bytes");
        job.Map.Close();
        job.Map = new PieceMap(resumption?.LayoutOf(size) ?? Layout.For(size, sums?.Length));
        job.Check = sums is null ? null : new StretchCheck(job, sums);
        job.Vouched.Clear();
        job.MirrorsChanged();
        job.Target.Begin(size);
        resumption?.Restore(job, cancel);
        if (job.Map.Bytes > 0) job.Check?.Begin(0, sums!.Hashes.Length - 1);
    }

    // What most mirrors say is another size, or everybody has another version now: from the beginning, with those who have it.
    async Task<bool> MovedAsync(Job job, Resumption? resumption)
    {
        var isAnotherSize = job.Agreement.Moved is not null;
        if (!isAnotherSize && (job.Usable.Count > 0 || !mirrors.All.Any(mirror => mirror.HasAnotherVersion))) return false;
        resumption?.Forget();
        await mirrors.CloseLanesAsync(static (_, _) => true).ConfigureAwait(false);
        job.Agreement.Move();
        foreach (var mirror in mirrors.All)
        {
            mirror.Version = null;
            if (mirror.HasAnotherVersion || mirror.IsOutForItsSize && job.Agreement.IsOfSize(mirror)) job.TakeBack(mirror);
            else if (isAnotherSize && mirror.Facts is not null && !job.Agreement.IsOfSize(mirror)) job.LeaveOut(mirror, $"says that the file has {mirror.Facts.Size} bytes, not {job.Agreement.Size}", forItsSize: true);
        }
        job.Tell("The file is another one than it was thought to be: it is fetched from its beginning");
        return true;
    }

    // Hashing and writing to a pipe go on beside the requests, one step at a time.
    static void Turn(Job job, Pump pump, Resumption? resumption, CancellationToken cancel)
    {
        resumption?.Keep(job);
        if (job.IsPumping || job.Map.Prefix is var prefix && prefix <= pump.Position) return;
        job.IsPumping = true;
        _ = StepAsync();

        async Task StepAsync()
        {
            try
            {
                await pump.AdvanceAsync(prefix, cancel).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                job.Fault = error is OperationCanceledException ? error : new DownloadException(error.Message, error);
            }
            finally
            {
                job.IsPumping = false;
                job.Wake.Up();
            }
        }
    }

    async Task FinishAsync(Job job, Pump pump, Resumption? resumption, CancellationToken cancel)
    {
        while (job.IsPumping)
        {
            job.Wake.Heard();
            if (job.IsPumping) await job.Wake.Rung.WaitAsync(cancel).ConfigureAwait(false);
        }
        if (job.Fault is { } fault) throw fault;
        await pump.AdvanceAsync(job.Map.Layout.Size, cancel).ConfigureAwait(false);
        if (options.Sums.WholeToCheck is not { } whole || IsRight(pump, whole)) return;
        if (job.Target is PartFile && job.Check is null)
        {
            var inquest = new Inquest(job, new Crew(job, static () => { }), async stop =>
            {
                pump.Restart();
                await pump.AdvanceAsync(job.Map.Layout.Size, stop).ConfigureAwait(false);
                return IsRight(pump, whole);
            });
            if (await inquest.RunAsync(cancel).ConfigureAwait(false)) return;
        }
        // Nobody knows which pieces are wrong: the next call begins anew.
        resumption?.Discard();
        throw WrongHash(pump, whole);
    }

    static DownloadException WrongHash(Pump pump, Checking.Hash whole) =>
        new($"The file's {whole.Name.Name} is {Convert.ToHexStringLower(pump.Hashes[whole.Name])}, and should be {whole}");

    static bool IsRight(Pump pump, Checking.Hash whole) => pump.Hashes[whole.Name].AsSpan().SequenceEqual(whole.Value);

    IEnumerable<HashAlgorithmName> Algorithms()
    {
        if (options.TellHash) yield return HashAlgorithmName.SHA256;
        if (options.Sums.WholeToCheck is { } whole) yield return whole.Name;
    }

    System.Collections.Immutable.ImmutableArray<SourceReport> Sources() =>
        [.. mirrors.All.Select(mirror => new SourceReport(mirror.Endpoint.Address, mirror.Bytes, mirror.Failures, mirror.Out ?? mirror.Trouble))];

    static Place Look(string path)
    {
        try
        {
            return Place.Of(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, error);
        }
    }

    static async Task<Stream> OpenAsync(Place place, CancellationToken cancel)
    {
        try
        {
            return await place.OpenAsync(cancel).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(place.Path, error);
        }
    }

    PartFile Open(string path)
    {
        try
        {
            return new PartFile(PartName.Beside(path, options.IsTaken));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(path, error);
        }
    }

    static DownloadException Unwritable(string path, Exception error) => new($"'{path}' cannot be written: {error.Message}", error);

    static void Rename(string part, string path)
    {
        try
        {
            File.Move(part, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DownloadException($"'{part}' is whole, and cannot be renamed to '{path}': {error.Message}", error);
        }
    }
}
