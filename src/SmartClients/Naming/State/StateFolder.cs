namespace SmartClients.Naming.State;

/// <summary>
/// State in files, one for each service: by default in <c>$XDG_CACHE_HOME/smartclients</c>, else <c>~/.cache/smartclients</c>; on Windows
/// in <c>%LOCALAPPDATA%\SmartClients</c>. A file is replaced whole, so that no reader sees half of one, and only under a lock, so that no
/// process undoes what another has just written. Only its owner can read it. The oldest files go when there are more than
/// <see cref="MostServices"/> or more than <see cref="MostBytes"/>.
/// </summary>
/// <remarks>A file that is damaged, or of a version unknown here, is set aside as <c>.damaged</c>. A folder that cannot be used is done
/// without. Both are told once.</remarks>
public sealed class StateFolder : StateStore
{
    /// <summary>The most services that are kept: 256.</summary>
    public const int MostServices = 256;

    /// <summary>The most bytes that are kept: 64 MiB.</summary>
    public const long MostBytes = 64 << 20;

    static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(2);

    readonly Action<string>? warn;
    readonly StateLock files;
    volatile WeakReference<Latest>? latest;
    int warned;

    /// <summary>The state in a folder. Nothing is read or written yet.</summary>
    /// <param name="folder">Made when it is first written to; the default one when left out.</param>
    /// <param name="warn">Told of what is wrong with the files, in one sentence each; called from any thread.</param>
    /// <param name="time">The clock for waiting; the system's when left out.</param>
    public StateFolder(string? folder = null, Action<string>? warn = null, TimeProvider? time = null)
    {
        Folder = folder is null ? Default() : Path.GetFullPath(folder);
        this.warn = warn;
        files = new StateLock(Path.Combine(Folder ?? "", ".lock"), LockPatience, time ?? TimeProvider.System);
    }

    /// <summary>Where the files are; <see langword="null"/> when this user has no home.</summary>
    public string? Folder { get; }

    /// <summary>The file of a service.</summary>
    public string? FileOf(string service) => Folder is null ? null : Path.Combine(Folder, StateFile.NameOf(service));

    /// <inheritdoc/>
    public override SavedService? Read(string service)
    {
        if (FileOf(service) is not { } file) return null;
        try
        {
            return StateFile.Bytes(file) is { } bytes ? Parsed(bytes, service) : null;
        }
        catch (FormatException)
        {
            return SetAside(file, service);
        }
        catch (Exception error) when (IsTrouble(error))
        {
            WarnOnce(error);
            return null;
        }
    }

    /// <inheritdoc/>
    public override async ValueTask<bool> UpdateAsync(string service, Func<SavedService?, SavedService?> change, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (FileOf(service) is not { } file) return false;
        try
        {
            Make(Folder!);
            using var held = await files.TakeAsync(cancel).ConfigureAwait(false);
            if (held is null) return false;
            var before = ReadLocked(file, service);
            if (change(before) is { } after && !ReferenceEquals(before, after))
            {
                StateFile.Write(file, StateDocument.Write(service, after));
                StateFile.Prune(Folder!, keep: file, MostServices, MostBytes);
            }
            return true;
        }
        catch (Exception error) when (IsTrouble(error))
        {
            WarnOnce(error);
            return false;
        }
    }

    // A start asks twice, one right after the other: for the certificate, and for what was learnt. The same bytes say the same.
    SavedService Parsed(byte[] bytes, string service)
    {
        if (latest is { } last && last.TryGetTarget(out var read) && read.Service == service && read.Bytes.AsSpan().SequenceEqual(bytes)) return read.Saved;
        var saved = StateDocument.Parse(bytes, service);
        latest = new WeakReference<Latest>(new Latest(service, bytes, saved));
        return saved;
    }

    // Looked at again under the lock: another process may have replaced it meanwhile.
    SavedService? SetAside(string file, string service)
    {
        try
        {
            using var held = files.TryTake();
            return held is null ? null : ReadLocked(file, service);
        }
        catch (Exception error) when (IsTrouble(error))
        {
            WarnOnce(error);
            return null;
        }
    }

    SavedService? ReadLocked(string file, string service)
    {
        try
        {
            return StateFile.Read(file, service);
        }
        catch (FormatException error)
        {
            var aside = file + StateFile.Damaged;
            File.Move(file, aside, overwrite: true);
            Telemetry.BadInput("state file");
            warn?.Invoke($"The state of {Short(service)} was lost: {error.Message.TrimEnd('.')}. The file was set aside as {aside}.");
            return null;
        }
    }

    void WarnOnce(Exception error)
    {
        Telemetry.BadInput("state folder");
        if (Interlocked.Exchange(ref warned, 1) == 0) warn?.Invoke($"No state is kept from one start to the next: {error.Message.TrimEnd('.')}.");
    }

    static bool IsTrouble(Exception error) => error is IOException or UnauthorizedAccessException or NotSupportedException or System.Security.SecurityException;

    static string Short(string service) => service.Length <= 60 ? service : service[..60] + "…";

    static void Make(string folder)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder)) Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    static string? Default()
    {
        if (OperatingSystem.IsWindows())
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) is { Length: > 0 } local ? Path.Combine(local, "SmartClients") : null;
        // A relative path there is to be ignored (XDG Base Directory Specification).
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathFullyQualified(cache)) return Path.Combine(cache, "smartclients");
        return Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home && Path.IsPathFullyQualified(home) ? Path.Combine(home, ".cache", "smartclients") : null;
    }

    sealed record Latest(string Service, byte[] Bytes, SavedService Saved);
}
