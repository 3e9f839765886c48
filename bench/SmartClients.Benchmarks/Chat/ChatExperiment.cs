using System.Globalization;
using System.Text.Json;
using SmartClients.Benchmarks.Running;
using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks.Chat;

/// <summary>Thousands of readers of one room, on one server and on several: how fast each line is at all of them, and what a reader
/// costs in memory; against ASP.NET Core SignalR.</summary>
static class ChatExperiment
{
    sealed record Variant(string Name, string Kind, int Servers, bool Redis);

    static readonly Variant[] Variants =
    [
        new("smart-1", "smart", 1, false),
        new("signalr-1", "signalr", 1, false),
        new("smart-2", "smart", 2, false),
        new("smart-2-redis", "smart", 2, true),
        new("signalr-2-redis", "signalr", 2, true),
        new("smart-4", "smart", 4, false),
        new("smart-4-redis", "smart", 4, true),
        new("signalr-4-redis", "signalr", 4, true),
    ];

    public static async Task RunAsync(Arguments arguments)
    {
        var (readers, seconds) = (arguments.Count("readers", 10_000), arguments.Number("seconds", 5));
        var (rates, burst) = (arguments.Text("rates") ?? "1,5,10", arguments.Count("burst", 100));
        var chosen = arguments.Some("only", Variants.Select(variant => variant.Name));
        var rounds = await Rounds.RunAsync(chosen, arguments.Count("rounds", 1), name =>
            MeasureAsync(Array.Find(Variants, variant => variant.Name == name)!, readers, seconds, rates, burst));
        if (arguments.Text("add") is { } earlier) rounds = Together(rounds, earlier);
        var report = new Report($"{readers:N0} readers of one room", "chat",
            $"Servers, readers and the writer on one machine. Each message goes to each reader; a line of {seconds:0} s for each rate, then {burst} messages as fast as they are taken (by ours: of 16 writers, each of whom waits for its acknowledgement). "
            + "Ours are on disk (synchronised) before they are acknowledged, and each reader can resume; SignalR keeps nothing. Milliseconds from writing to reading, over all readers; "
            + "with several servers of ours and no Redis, those beyond the first are told every 300 ms at most, as in the paper.");
        foreach (var @case in rounds.Cases.Where(one => one != "memory"))
            report.Table(@case, ["", "deliveries/s", "p50 ms", "p99 ms", "not delivered"], rounds.Variants.Select(name => (string[])
                [name, Report.Number(rounds.Median(name, @case, "deliveries/s"), "N0"), Report.Number(rounds.Median(name, @case, "p50 ms")),
                    Report.Number(rounds.Median(name, @case, "p99 ms")), Report.Number(rounds.Median(name, @case, "missing"), "0")]));
        report.Table("Memory of the servers, for each reader", ["", "KiB"], rounds.Variants.Select(name => (string[])[name, Report.Number(rounds.Median(name, "memory", "KiB"))]));
        report.Write("chat", arguments, rounds.Results);
    }

    // A whole run takes long: it may be done in parts, some variants after others and round after round.
    static Rounds Together(Rounds rounds, string earlier)
    {
        var results = JsonSerializer.Deserialize<Dictionary<string, List<Figures>>>(File.ReadAllText(earlier))!;
        foreach (var (name, figures) in rounds.Results) results[name] = [.. results.GetValueOrDefault(name, []), .. figures];
        var all = new Rounds([.. Variants.Select(variant => variant.Name).Where(results.ContainsKey)]);
        foreach (var name in all.Variants) all.Results[name].AddRange(results[name]);
        return all;
    }

    static async Task<Figures> MeasureAsync(Variant variant, int readers, double seconds, string rates, int burst)
    {
        var folder = Directory.CreateTempSubdirectory("smart-bench-").FullName;
        List<ServerProcess> servers = [];
        ServerProcess? redis = null;
        try
        {
            if (variant.Redis)
            {
                var port = FreePort.Find();
                redis = await ServerProcess.StartAsync("redis-server",
                    ["--port", port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", folder, "--appendonly", "yes", "--appendfsync", "always", "--save", "", "--loglevel", "warning", "--logfile", Path.Combine(folder, "redis.log")], port);
            }
            var ports = Enumerable.Range(0, variant.Servers).Select(_ => FreePort.Find()).ToArray();
            foreach (var port in ports) servers.Add(await StartAsync(variant, port, ports, folder, redis?.Port));
            var before = servers.Sum(Memory);
            using var crowd = Child.Start(
                ["chat-crowd", "--variant", variant.Kind, "--ports", string.Join(',', ports), "--readers", readers.ToString(CultureInfo.InvariantCulture),
                    "--seconds", seconds.ToString(CultureInfo.InvariantCulture), "--rates", rates, "--burst", burst.ToString(CultureInfo.InvariantCulture)], keepInput: true);
            if (await crowd.StandardOutput.ReadLineAsync() != "connected") throw new InvalidOperationException("The readers did not connect.");
            var after = servers.Sum(Memory);
            await crowd.StandardInput.WriteLineAsync("go");
            var figures = JsonSerializer.Deserialize<Figures>(await crowd.StandardOutput.ReadToEndAsync())!;
            figures.Set("memory", "KiB", (double)(after - before) / readers);
            return figures;
        }
        finally
        {
            foreach (var server in servers) server.Dispose();
            redis?.Dispose();
            Directory.Delete(folder, recursive: true);
        }
    }

    static Task<ServerProcess> StartAsync(Variant variant, int port, int[] ports, string folder, int? redis)
    {
        List<string> arguments = [variant.Kind == "smart" ? "chat-server" : "signalr-server", "--port", port.ToString(CultureInfo.InvariantCulture)];
        if (redis is not null) arguments.AddRange(["--redis", $"127.0.0.1:{redis}"]);
        else if (variant.Kind == "smart") arguments.AddRange(["--data", Path.Combine(folder, "s" + port), "--peers", string.Join(',', ports.Where(other => other != port))]);
        return ServerProcess.StartAsync(arguments);
    }

    // What is in physical memory, in KiB.
    static long Memory(ServerProcess server) => long.Parse(
        File.ReadLines($"/proc/{server.Id}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
