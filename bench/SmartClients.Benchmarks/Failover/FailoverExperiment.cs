using System.Text.Json;
using SmartClients.Benchmarks.Clients;
using SmartClients.Benchmarks.Running;
using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks.Failover;

/// <summary>One of three servers fails under an even load. How many requests are lost, and how long is the longest?</summary>
static class FailoverExperiment
{
    static readonly IReadOnlyDictionary<string, Func<ServerProcess, Task>> Faults = new Dictionary<string, Func<ServerProcess, Task>>
    {
        ["kill"] = server => Do(() => server.Signal(ServerProcess.Kill)),
        ["stop"] = server => Do(() => server.Signal(ServerProcess.Stop)),
        ["503"] = server => SwitchAsync(server, "503"),
    };

    static readonly HttpClient Switch = new();

    /// <summary>The part of the run after which the fault comes.</summary>
    public const double FaultAt = 0.4;

    public static async Task RunAsync(Arguments arguments)
    {
        var variants = arguments.Some(
            "only", ClientVariants.Table.Keys.Concat(Proxies.Table.Keys), name => !name.StartsWith("ours-", StringComparison.Ordinal));
        var faults = arguments.Some("fault", Faults.Keys);
        var repeats = arguments.Count("repeat", 1);
        var (rate, seconds) = (arguments.Number("rate", 200), arguments.Number("seconds", 20));
        var results = new List<FailoverRun>();
        for (var repeat = 1; repeat <= repeats; repeat++)
            foreach (var fault in faults)
                foreach (var variant in variants)
                {
                    var result = await OnceAsync(variant, Faults[fault], rate, seconds);
                    Console.Error.WriteLine($"{repeat} of {repeats}, {fault}: {variant}: {result}");
                    results.Add(new FailoverRun(variant, fault, result));
                }
        if (arguments.Has("add")) results.InsertRange(0, Report.Earlier<FailoverRun>("failover", arguments));
        variants = [.. ClientVariants.Table.Keys.Concat(Proxies.Table.Keys).Where(name => results.Exists(run => run.Variant == name))];
        faults = [.. Faults.Keys.Where(name => results.Exists(run => run.Fault == name))];
        var report = new Report("One of three servers fails", "failover",
            $"At two fifths of {seconds:0} s, {rate:0} requests/s, open loop, latency from the time at which a request was due. "
            + $"Requests lost, of {rate * seconds:0}, and the longest in milliseconds: of all; due within a second of the fault; of the others, "
            + $"which shows what the machine alone does. Medians of {results.CountBy(run => (run.Variant, run.Fault)).Max(count => count.Value)}.");
        report.Table("", ["", .. faults.Select(f => $"{f}: lost, longest ms (at the fault, elsewhere), p99")], variants.Select(v => (string[])
        [
            v, .. faults.Select(f => results.Where(r => r.Variant == v && r.Fault == f).Select(r => r.Result).ToArray()).Select(all =>
                $"{Report.Number(Statistics.Median(all.Select(r => (double)r.Failed)), "0")}, {Report.Number(Statistics.Median(all.Select(r => r.Longest)), "0")} "
                + $"({Report.Number(Statistics.Median(all.Select(r => r.AtFault)), "0.0")}, {Report.Number(Statistics.Median(all.Select(r => r.Elsewhere)), "0.0")}), "
                + Report.Number(Statistics.Median(all.Select(r => r.P99)))),
        ]));
        report.Write("failover", arguments, results);
    }

    static async Task<LoadResult> OnceAsync(string variant, Func<ServerProcess, Task> fault, double rate, double seconds)
    {
        var folder = Directory.CreateTempSubdirectory("smart-bench-").FullName;
        var servers = new List<ServerProcess>();
        try
        {
            for (var i = 0; i < 3; i++) servers.Add(await ServerProcess.StartAsync("server"));
            // Once beforehand, and of each: what this process compiles for its first request would stand in the load's way when the fault comes.
            foreach (var server in servers) await SwitchAsync(server, "200");
            int[] ports = [.. servers.Select(s => s.Port)];
            if (Proxies.Table.TryGetValue(variant, out var start))
            {
                servers.Add(await start(ports, folder));
                ports = [servers[^1].Port];
            }
            using var load = Child.Start(["failover", "--variant", variant, "--ports", string.Join(',', ports), "--rate", Report.Number(rate), "--seconds", Report.Number(seconds)]);
            try
            {
                if (await load.StandardOutput.ReadLineAsync() != OpenLoop.Started) throw new InvalidOperationException($"The load for {variant} did not start.");
                await Task.Delay(TimeSpan.FromSeconds(seconds * FaultAt));
                await fault(servers[1]);
                return JsonSerializer.Deserialize<LoadResult>(await load.StandardOutput.ReadToEndAsync())!;
            }
            finally
            {
                if (!load.HasExited) load.Kill();
            }
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task SwitchAsync(ServerProcess server, string status) =>
        (await Switch.GetAsync(new Uri($"http://127.0.0.1:{server.Port}/switch-to/{status}"))).Dispose();

    static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
