using System.Text.Json;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Mirrors;

/// <summary>A file from three mirrors with different limits, by several programs in the same interleaved run: undisturbed, and with a
/// mirror killed, frozen, or serving wrong bytes.</summary>
static class MirrorsExperiment
{
    static readonly TimeSpan FaultAt = TimeSpan.FromSeconds(0.8);

    /// <param name="Hashes">What is known of the file: nothing, the hash of the whole, those of its pieces.</param>
    /// <param name="Victim">Which mirror it happens to, the slowest being 0.</param>
    /// <param name="Signal">What happens to it.</param>
    /// <param name="Corrupt">The middle mirror serves wrong bytes.</param>
    sealed record Case(string Name, string Hashes, int? Victim = null, int Signal = 0, bool Corrupt = false, params string[] Tools);

    static readonly Case[] Cases =
    [
        new("the fastest alone", "none", Tools: ["curl", "smart"]),
        new("all three", "none", Tools: ["aria2", "smart"]),
        new("all three, hashes of pieces", "pieces", Tools: ["aria2", "smart"]),
        new("all three, hash of the whole", "whole", Tools: ["aria2", "smart"]),
        new("the fastest killed", "none", 2, Mirror.Kill, Tools: ["aria2", "smart"]),
        new("the slowest killed", "none", 0, Mirror.Kill, Tools: ["aria2", "smart"]),
        new("the fastest frozen", "none", 2, Mirror.Stop, Tools: ["aria2", "smart"]),
        new("the slowest frozen", "none", 0, Mirror.Stop, Tools: ["aria2", "smart"]),
        new("wrong bytes, hashes of pieces", "pieces", Corrupt: true, Tools: ["aria2", "smart"]),
        new("wrong bytes, hash of the whole", "whole", Corrupt: true, Tools: ["aria2", "smart"]),
    ];

    static readonly IReadOnlyDictionary<string, Func<MirrorSet>> Sets = new Dictionary<string, Func<MirrorSet>>
    {
        ["nginx"] = static () => new NginxMirrors(),
        ["kinds"] = static () => new NamespaceMirrors(),
    };

    const string Alone = "alone";
    const string NoLimit = "no limit";

    static readonly string[] Columns = ["", "best", "seconds", "÷ best", "longest", "CPU s", "right"];

    sealed record Result(string Set, string Case, string Tool, double? Ideal, double[] Seconds, double[] Cpu, int Right, int Rounds);

    public static async Task RunAsync(Arguments arguments)
    {
        var sets = arguments.Some("only", Sets.Keys);
        var cases = arguments.Text("case");
        var (rounds, mebibytes) = (arguments.Count("rounds", 5), arguments.Count("mib", 512));
        Tools.Smart = Path.GetFullPath(arguments.Text("smart") ?? Published());
        var folder = arguments.Text("append");
        using var files = new MirrorFiles(mebibytes);
        var results = folder is null ? [] : JsonSerializer.Deserialize<List<Result>>(File.ReadAllText(Path.Combine(folder, "mirrors.json")))!;
        var report = new Report($"A file of {mebibytes} MiB from three mirrors", "mirrors",
            $"Mirrors limited to {string.Join(", ", MirrorSet.Limits)} MiB/s; faults {FaultAt.TotalSeconds} s after the start; the mirror with wrong bytes (one in 8 MiB) is the one of 40. "
            + "Medians of interleaved rounds; seconds of the whole process, its start included; `best` is what the limits of the mirrors that serve well allow, without any start. "
            + "aria2 with -x1 -k1M and as many connections as mirrors; all else of everybody at its defaults.");
        foreach (var name in sets)
        {
            using var set = Sets[name]();
            foreach (var one in Cases.Where(one => cases is null || one.Name.Contains(cases, StringComparison.Ordinal))) Add(results, await MeasureAsync(name, set, files, one, rounds));
        }
        if (sets.Contains("nginx") && (cases is null || NoLimit.Contains(cases, StringComparison.Ordinal))) Add(results, await AloneAsync(files, rounds));
        foreach (var (name, make) in Sets)
            if (results.Any(of => of.Set == name)) report.Table(make().About, Columns, results.Where(of => of.Set == name).Select(Row));
        if (results.Any(of => of.Set == Alone)) report.Table("one nginx without a limit", Columns, results.Where(of => of.Set == Alone).Select(Row));
        report.Write("mirrors", arguments, results);
    }

    // More rounds of what was measured before.
    static void Add(List<Result> results, IEnumerable<Result> more)
    {
        foreach (var of in more)
        {
            var at = results.FindIndex(old => (old.Set, old.Case, old.Tool, old.Ideal) == (of.Set, of.Case, of.Tool, of.Ideal));
            if (at < 0) results.Add(of);
            else results[at] = results[at] with { Seconds = [.. results[at].Seconds, .. of.Seconds], Cpu = [.. results[at].Cpu, .. of.Cpu], Right = results[at].Right + of.Right, Rounds = results[at].Rounds + of.Rounds };
        }
    }

    static string[] Row(Result r) =>
    [
        $"{r.Case}: {r.Tool}", Report.Number(r.Ideal ?? double.NaN, "0.00"), Report.Number(Statistics.Median(r.Seconds), "0.00"), Report.Number(Statistics.Median(r.Seconds) / r.Ideal ?? double.NaN, "0.00"),
        Report.Number(r.Seconds.Max(), "0.00"), Report.Number(Statistics.Median(r.Cpu), "0.00"), $"{r.Right} of {r.Rounds}",
    ];

    static async Task<List<Result>> MeasureAsync(string name, MirrorSet set, MirrorFiles files, Case one, int rounds)
    {
        var runs = one.Tools.ToDictionary(tool => tool, _ => new List<Tools.Run>());
        for (var round = 0; round < rounds; round++)
            foreach (var tool in one.Tools)
            {
                var mirrors = set.Start(files, one.Corrupt);
                var used = one.Tools.Contains("curl") ? [mirrors[^1]] : mirrors;
                var run = await Tools.RunAsync(tool, files, used, one.Hashes, one.Victim is { } victim ? () => HappenAsync(mirrors[victim], one.Signal) : null);
                Console.Error.WriteLine($"{name}, {one.Name}: {tool} {run}");
                runs[tool].Add(run);
            }
        set.Stop();
        return [.. runs.Select(of => Of(name, one.Name, of.Key, Ideal(files, one), of.Value))];
    }

    // On the processor alone: what a file costs.
    static async Task<List<Result>> AloneAsync(MirrorFiles files, int rounds)
    {
        using var set = new NginxMirrors();
        var runs = new[] { "curl", "aria2", "smart" }.ToDictionary(tool => tool, _ => new List<Tools.Run>());
        for (var round = 0; round < rounds; round++)
            foreach (var tool in runs.Keys) runs[tool].Add(await Tools.RunAsync(tool, files, [set.StartUnlimited(files)], "none"));
        return [.. runs.Select(of => Of(Alone, NoLimit, of.Key, null, of.Value))];
    }

    static Result Of(string set, string name, string tool, double? ideal, List<Tools.Run> runs) =>
        new(set, name, tool, ideal, [.. runs.Select(run => run.Seconds)], [.. runs.Select(run => run.Cpu)], runs.Count(run => run is { Right: true, Exit: 0 }), runs.Count);

    static async Task HappenAsync(Mirror to, int signal)
    {
        await Task.Delay(FaultAt);
        to.Signal(signal);
    }

    static double Ideal(MirrorFiles files, Case one)
    {
        if (one.Tools.Contains("curl")) return files.Mebibytes / MirrorSet.Limits[^1];
        var all = MirrorSet.Limits.Sum();
        if (one.Corrupt) return files.Mebibytes / (all - MirrorSet.Limits[1]);
        if (one.Victim is not { } victim) return files.Mebibytes / all;
        return FaultAt.TotalSeconds + (files.Mebibytes - all * FaultAt.TotalSeconds) / (all - MirrorSet.Limits[victim]);
    }

    // As ./smart publishes it.
    static string Published()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "../../../publish/SmartClients.Cli");
        return Array.Find([Path.Combine(folder, "native/smart"), Path.Combine(folder, "release/smart")], File.Exists) ?? throw new FileNotFoundException("The command line is not published: run ./smart --version first.");
    }
}
