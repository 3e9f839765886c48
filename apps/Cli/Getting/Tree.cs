using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;
using SmartClients.Transfer.Engine;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Cli.Getting;

/// <summary>A whole tree: each folder is listed by one mirror, and each file fetched from any. Small files side by side, each from one
/// mirror; large ones one after the other, each from several.</summary>
internal sealed class Tree(GetSettings settings, MirrorGroup group, Director director, Getter getter, Schemes schemes)
{
    const int MostFiles = 1_000_000;
    const int Deepest = 64;
    const long Large = 8 << 20;

    // Every path that the tree has a file or a folder for: no unfinished file may be in its way.
    readonly HashSet<string> places = new(StringComparer.Ordinal);
    readonly AlreadyThere already = new(director, schemes);
    readonly List<GetReport> reports = [];
    int failed;

    /// <summary>Fetches it. What cannot be had is named, and the rest is fetched all the same.</summary>
    public async Task<GetReport> RunAsync(CancellationToken cancel)
    {
        var into = settings.Output ?? group.FileName;
        var files = await ListAsync(cancel);
        foreach (var (way, _) in files)
            for (var depth = 1; depth <= way.Count; depth++) places.Add(Path.Combine([into, .. way.Take(depth)]));
        var small = files.Where(file => file.Entry.Size is < Large).ToList();
        await Parallel.ForEachAsync(small, new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancel },
            (file, stop) => TryAsync(Path.Combine([into, .. file.Way]), file.Way, file.Entry, 1, stop));
        foreach (var file in files.Except(small)) await TryAsync(Path.Combine([into, .. file.Way]), file.Way, file.Entry, settings.Parallel, cancel);
        var sum = GetReport.Sum(reports, into) with { File = into, Failed = failed, AlreadyThere = reports.Sum(report => report.AlreadyThere ?? 0) };
        if (Terminal.ErrorIsLive) Messages.Note($"{into}: {reports.Count} files, {GetProgress.Size(sum.Bytes)}{(sum.AlreadyThere > 0 ? $"; {sum.AlreadyThere} of them were already there" : "")}");
        return sum;
    }

    async ValueTask TryAsync(string place, IReadOnlyList<string> way, FolderEntry entry, int parallel, CancellationToken cancel)
    {
        try
        {
            var report = await OneAsync(place, way, entry, parallel, cancel);
            lock (reports) reports.Add(report);
        }
        catch (Exception error) when (IsOfOne(error))
        {
            Missed(place, error);
        }
    }

    // Not of the whole tree, as an interruption is.
    static bool IsOfOne(Exception error) => error is DownloadException or FileException or ServiceUnavailableException or FormatException or UsageException or IOException or UnauthorizedAccessException;

    void Missed(string what, Exception error)
    {
        Messages.Problem($"{what}: {error.Message}");
        Interlocked.Increment(ref failed);
    }

    async Task<GetReport> OneAsync(string place, IReadOnlyList<string> way, FolderEntry entry, int parallel, CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(place)!);
        var name = NameOf(way);
        var locate = group.Below(Escaped(way));
        if (settings.Resume && await already.IsAsync(place, entry, getter.Known(group, name), locate, cancel))
            return new GetReport(new FileInfo(place).Length, 0, null, place, []) { AlreadyThere = 1 };
        return await getter.FetchAsync(group, director, name, place, locate, parallel, places.Contains, cancel);
    }

    async Task<List<(IReadOnlyList<string> Way, FolderEntry Entry)>> ListAsync(CancellationToken cancel)
    {
        var files = new List<(IReadOnlyList<string>, FolderEntry)>();
        var folders = new Queue<IReadOnlyList<string>>([[]]);
        while (folders.TryDequeue(out var folder))
        {
            IReadOnlyList<FolderEntry> entries;
            try
            {
                entries = await EntriesAsync(folder, cancel);
            }
            catch (Exception error) when (folder.Count > 0 && IsOfOne(error))
            {
                Missed(NameOf(folder) + "/", error);
                continue;
            }
            foreach (var entry in entries)
            {
                if (entry.IsFolder && folder.Count < Deepest) folders.Enqueue([.. folder, entry.Name]);
                else if (!entry.IsFolder) files.Add(([.. folder, entry.Name], entry));
                if (files.Count + folders.Count > MostFiles) throw new DownloadException($"The tree has more than {MostFiles} files");
            }
        }
        if (files.Count == 0) Messages.Note($"smart: there is no file in {group.Path}");
        return files;
    }

    async Task<IReadOnlyList<FolderEntry>> EntriesAsync(IReadOnlyList<string> folder, CancellationToken cancel)
    {
        var locate = group.Below(folder.Count == 0 ? "" : Escaped(folder) + "/");
        return await director.SendAsync(
            async (endpoint, stop) =>
            {
                try
                {
                    return await locate(endpoint).FirstAsync(at => schemes.Of(at.Scheme).ListAsync(at, stop));
                }
                catch (FileException error) when (error.Problem == FileProblem.Untrusted && director.Members.Length > 1)
                {
                    getter.Note($"{endpoint.Address} is not trusted: {error.Message}; it is left out");
                    throw;
                }
            }, RequestOptions.Hedged, cancel);
    }

    string NameOf(IReadOnlyList<string> way) => group.Path.TrimEnd('/') + "/" + string.Join('/', way);

    static string Escaped(IReadOnlyList<string> way) => string.Join('/', way.Select(Uri.EscapeDataString));
}
