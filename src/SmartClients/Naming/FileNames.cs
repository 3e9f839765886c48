using System.Runtime.CompilerServices;

namespace SmartClients.Naming;

/// <summary>
/// A watched file: <c>file:members.json</c>, in the form of <see cref="MembersDocument"/>. It is looked at every second by time
/// and size (notifications of the file system miss renames over the file, network mounts and bind mounts), and re-read when
/// either changes. A file that is missing, half-written or wrong never empties the group.
/// </summary>
public sealed class FileNames : NameSource
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    readonly string path;
    volatile TaskCompletionSource nudged = New();

    /// <summary>The file at a path.</summary>
    public FileNames(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        this.path = Path.GetFullPath(path);
    }

    /// <inheritdoc/>
    public override string Description => "file " + path;

    /// <inheritdoc/>
    public override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(time);
        (DateTime, long) seen = default;
        var known = false;
        while (true)
        {
            var file = new FileInfo(path);
            var state = file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
            if (!known && !file.Exists)
                throw Directory.Exists(path) ? new FormatException($"{path} is a folder: name the file in it.") : new FileNotFoundException($"{path} does not exist.", path);
            if (file.Exists && state != seen)
            {
                seen = state;
                MemberSet? set = null;
                try
                {
                    set = await ReadAsync(file, cancel).ConfigureAwait(false);
                }
                catch (Exception error) when (known && error is FormatException or IOException or UnauthorizedAccessException)
                {
                    // Perhaps half-written: it is read again when it next changes, and what was known goes on serving. What could not
                    // be opened is tried again at the next look.
                    if (error is not FormatException) seen = default;
                    Telemetry.BadInput("members file");
                }
                if (set is not null)
                {
                    known = true;
                    yield return set;
                }
            }
            var sooner = nudged;
            try
            {
                await sooner.Task.WaitAsync(Interval, time, cancel).ConfigureAwait(false);
                // Every reply may say that the group has changed: a tenth of the usual pause between two looks is enough.
                await Task.Delay(Interval / 10, time, cancel).ConfigureAwait(false);
                nudged = New();
            }
            catch (TimeoutException)
            {
                // Time for the next look.
            }
        }
    }

    /// <summary>Looks again soon.</summary>
    public override void Nudge() => nudged.TrySetResult();

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    async Task<MemberSet> ReadAsync(FileInfo file, CancellationToken cancel)
    {
        if (file.Length > MembersDocument.MostBytes) throw new FormatException($"{path} is larger than 16 MiB.");
        var bytes = await File.ReadAllBytesAsync(path, cancel).ConfigureAwait(false);
        return MembersDocument.Parse(bytes, path);
    }
}
