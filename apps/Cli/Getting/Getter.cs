using SmartClients.Cli.Calling;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Naming;
using SmartClients.Transfer.Checking;
using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Manifests;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Cli.Getting;

/// <summary>Fetches what was asked for, one director for each group of mirrors.</summary>
internal sealed class Getter(GetSettings settings, Schemes schemes, Manifest? manifest, TimeProvider time)
{
    readonly HashSet<string> told = [];

    public async Task<int> RunAsync(IReadOnlyList<MirrorGroup> groups, CancellationToken cancel)
    {
        var reports = new List<GetReport>();
        foreach (var group in groups)
        {
            await using var director = Director(group);
            if (settings.Verbose) director.Decided += DecisionText.Print;
            var failed = true;
            try
            {
                reports.Add(settings.Recursive ? await new Tree(settings, group, director, this, schemes).RunAsync(cancel) : await OneAsync(group, director, groups.Count > 1, cancel));
                failed = false;
            }
            finally
            {
                if (!cancel.IsCancellationRequested) await group.Name.SettleAsync(director, time, failed);
            }
        }
        if (settings.Json) Documents.Print(GetReport.Sum(reports, settings.Output), Documents.Default.GetReport);
        if (reports.Sum(report => report.Failed ?? 0) is > 0 and var missed)
        {
            Messages.Problem($"{missed} of the tree's files and folders were not had: each is named above");
            return ExitCode.WorkFailed;
        }
        return ExitCode.Done;
    }

    /// <summary>One file of a group.</summary>
    public async Task<GetReport> FetchAsync(MirrorGroup group, Director director, string name, string place, Func<Endpoint, FileAddress> locate, int parallel, Func<string, bool> isTaken, CancellationToken cancel)
    {
        var download = new Download(director, schemes.Of, locate, Options(Known(group, name), parallel) with { IsTaken = isTaken });
        var running = download.ToFileAsync(place, name, cancel);
        if (Terminal.ErrorIsLive && !settings.Recursive) await GetProgress.ShowAsync(running, Path.GetFileName(place), download, time);
        var report = await running;
        // By it the next call tells that the file is there already.
        if (settings.Recursive && report.Modified is { } modified) File.SetLastWriteTimeUtc(place, modified.UtcDateTime);
        return GetReport.Of(report, place);
    }

    async Task<GetReport> OneAsync(MirrorGroup group, Director director, bool several, CancellationToken cancel)
    {
        if (settings.ToPipe)
        {
            var download = new Download(director, schemes.Of, group.Locate, Options(Known(group, group.Path), settings.Parallel));
            await using var output = StandardStreams.Output();
            var running = download.ToPipeAsync(output, cancel);
            if (Terminal.ErrorIsLive) await GetProgress.ShowAsync(running, group.FileName, download, time);
            return GetReport.Of(await running, "-");
        }
        var place = Place(group, several);
        var report = await FetchAsync(group, director, group.Path, place, group.Locate, settings.Parallel, static _ => false, cancel);
        if (Terminal.ErrorIsLive) Messages.Note($"{place}: {GetProgress.Size(report.Bytes)} in {report.Seconds:0.0} s from {report.Sources.Count(source => source.Bytes > 0)} mirrors");
        return report;
    }

    string Place(MirrorGroup group, bool several)
    {
        var into = settings.Output;
        var place = into is null ? group.FileName
            : several || Directory.Exists(into) || into.EndsWith('/') ? Path.Combine(into, group.FileName) : into;
        if (Directory.Exists(place)) throw new UsageException($"'{place}' is a folder: give another name with -o.");
        if (Path.GetDirectoryName(place) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        return place;
    }

    /// <summary>What is known of a file of a group beforehand.</summary>
    public Sums Known(MirrorGroup group, string name)
    {
        var given = settings.Sha256 is { } hash ? new Sums { Whole = hash } : Sums.None;
        if (manifest is null) return given.And(group.Sums);
        var listed = manifest.Find(name) ?? throw new UsageException($"'{name}' is not in '{settings.Manifest}' of --manifest.");
        return given.And(listed).And(group.Sums);
    }

    /// <summary>Says what is worth knowing, once, though it may be so for many files.</summary>
    public void Note(string text)
    {
        lock (told)
            if (!told.Add(text)) return;
        Messages.Note("smart: " + Messages.OneLine(text));
    }

    DownloadOptions Options(Sums sums, int parallel) => new()
    {
        Sums = sums,
        Parallel = parallel,
        Patience = settings.Patience,
        TellHash = settings.Json,
        Resume = settings.Resume,
        Note = Note,
        Time = time,
    };

    // A piece takes as long as it takes: what is slow is told by its being slower than the others.
    Director Director(MirrorGroup group)
    {
        var options = group.Name.Options(time) with { HedgeAtFirst = TimeSpan.FromSeconds(1.5), HedgeFloor = TimeSpan.FromSeconds(1) };
        if (settings.Policy is { } policy) options = options with { Policy = policy };
        else if (settings.Parallel == 1) options = options with { Affinity = true };
        return new Director(group.Name.Name, group.Name.Source, options, settings.Policy is null && settings.Parallel > 1 ? EveryMirrorBusy.Policy() : null);
    }
}
