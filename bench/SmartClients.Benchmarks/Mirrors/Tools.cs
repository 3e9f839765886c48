using System.Diagnostics;
using System.Runtime.InteropServices;

namespace SmartClients.Benchmarks.Mirrors;

/// <summary>THE TABLE of programs that fetch a file, one line each, and how one is run and measured.</summary>
static partial class Tools
{
    public sealed record Run(double Seconds, double Cpu, int Exit, bool Right);

    delegate IEnumerable<string> Command(MirrorFiles files, IReadOnlyList<Mirror> mirrors, string hashes);

    /// <summary>The program under test.</summary>
    public static string Smart { get; set; } = "";

    static readonly IReadOnlyDictionary<string, Command> Table = new Dictionary<string, Command>
    {
        ["curl"] = static (files, mirrors, _) => ["curl", "-s", "-o", files.Output, mirrors[^1].Url],
        ["aria2"] = static (files, mirrors, hashes) =>
        [
            "aria2c", "-q", "--no-conf", "--allow-overwrite=true", "--auto-file-renaming=false", "--file-allocation=none", "-d", files.OutputFolder, "-o", "big.bin",
            $"-s{mirrors.Count}", "-x1", "-k1M",
            .. hashes == "pieces" ? ["-M", files.Describe(mirrors, pieces: true)] : Hashed(files, mirrors, hashes, "--checksum=sha-256=" + files.Sha256),
        ],
        ["smart"] = static (files, mirrors, hashes) => [Smart, "get", "-o", files.Output, .. Hashed(files, mirrors, hashes, "--sha256=" + files.Sha256)],
    };

    public static IEnumerable<string> Names => Table.Keys;

    static IEnumerable<string> Hashed(MirrorFiles files, IReadOnlyList<Mirror> mirrors, string hashes, string whole) => hashes switch
    {
        "pieces" => [files.Describe(mirrors, pieces: true)],
        "whole" => [whole, .. mirrors.Select(mirror => mirror.Url)],
        _ => mirrors.Select(mirror => mirror.Url),
    };

    /// <summary>Runs one, and meanwhile what is to happen.</summary>
    public static async Task<Run> RunAsync(string tool, MirrorFiles files, IReadOnlyList<Mirror> mirrors, string hashes, Func<Task>? meanwhile = null)
    {
        string[] command = [.. Table[tool](files, mirrors, hashes)];
        var info = new ProcessStartInfo(command[0], command[1..]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        // Nothing of an earlier run, nothing of whoever runs this.
        info.Environment["HOME"] = files.Home;
        info.Environment["XDG_CACHE_HOME"] = Path.Combine(files.Home, Path.GetRandomFileName());
        var (before, start) = (Cpu(), Stopwatch.GetTimestamp());
        using var process = Process.Start(info)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        var other = meanwhile?.Invoke() ?? Task.CompletedTask;
        await process.WaitForExitAsync();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await other;
        await output;
        if ((await errors).Trim() is { Length: > 0 } said) Console.Error.WriteLine($"  {tool}: {said.ReplaceLineEndings("; ")}");
        var cpu = Cpu() - before;
        return new Run(seconds, cpu, process.ExitCode, files.TakeOutput());
    }

    // What all children that have ended took: one at a time is run.
    static double Cpu()
    {
        const int children = -1;
        return GetUsage(children, out var usage) == 0 ? usage.UserSeconds + usage.SystemSeconds + (usage.UserMicroseconds + usage.SystemMicroseconds) / 1e6 : double.NaN;
    }

    [LibraryImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetUsage(int who, out Usage usage);

    [StructLayout(LayoutKind.Sequential, Size = 144)]
    struct Usage
    {
        public long UserSeconds;
        public long UserMicroseconds;
        public long SystemSeconds;
        public long SystemMicroseconds;
    }
}
