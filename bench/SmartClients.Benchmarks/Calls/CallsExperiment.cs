using System.Diagnostics;
using SmartClients.Benchmarks.Clients;
using SmartClients.Benchmarks.Running;
using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks.Calls;

/// <summary>Whole HTTP calls on loopback, to three servers in processes of their own.</summary>
static class CallsExperiment
{
    const string Yardstick = "rr3";

    static readonly string[] InFlight = ["1", "16", "64"];

    public static async Task RunAsync(Arguments arguments)
    {
        var variants = arguments.Some("only", ClientVariants.Table.Keys, name => !name.EndsWith("-tuned", StringComparison.Ordinal));
        var seconds = arguments.Number("seconds", 2);
        var inFlight = string.Join(',', arguments.Some("in-flight", InFlight));
        var servers = new List<ServerProcess>();
        try
        {
            for (var i = 0; i < 3; i++) servers.Add(await ServerProcess.StartAsync("server"));
            var ports = string.Join(',', servers.Select(s => s.Port));
            // The servers' code is compiled before anybody is measured.
            await Child.AskAsync<Figures>("calls", "--variant", Yardstick, "--ports", ports, "--seconds", "1");
            var rounds = await Rounds.RunAsync(variants, arguments.Count("rounds", 5), variant => Child.AskAsync<Figures>(
                "calls", "--variant", variant, "--ports", ports, "--seconds", Report.Number(seconds), "--in-flight", inFlight));
            Write(rounds, arguments);
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    static void Write(Rounds rounds, Arguments arguments)
    {
        var report = new Report("Whole HTTP calls on loopback", "calls",
            $"Three servers, a 16-byte body, keep-alive. Ratios to `{Yardstick}` (bare HttpClient, hand-written round robin over the same three) in the same "
            + $"round; medians of {rounds.Results.Values.First().Count} rounds. CPU and bytes are the client process's.");
        foreach (var @case in rounds.Cases)
            report.Table(@case, ["", "requests/s", "client CPU", "bytes above", "requests/s, absolute", "CPU µs, absolute", "bytes, absolute", "hedged and retried by us"],
                rounds.Variants.Select(v => (string[])
                [
                    v,
                    Report.Number(rounds.Ratio(v, Yardstick, @case, "per second"), "0.00"), Report.Number(rounds.Ratio(v, Yardstick, @case, "cpu"), "0.00"),
                    Report.Number(rounds.Above(v, Yardstick, @case, "bytes"), "+0;-0;0"), Report.Number(rounds.Median(v, @case, "per second"), "0"),
                    Report.Number(rounds.Median(v, @case, "cpu")), Report.Number(rounds.Median(v, @case, "bytes"), "0"),
                    v.StartsWith("ours", StringComparison.Ordinal) ? Report.Number(rounds.Median(v, @case, "repeats"), "0.00") + " %" : "",
                ]));
        report.Write("calls", arguments, rounds.Results);
    }

    public static async Task<Figures> MeasureAsync(Arguments arguments)
    {
        var caller = ClientVariants.Table[arguments.Needed("variant")]([.. arguments.Needed("ports").Split(',').Select(int.Parse)]);
        var seconds = TimeSpan.FromSeconds(arguments.Number("seconds", 2));
        var figures = new Figures();
        using var repeats = new Repeats();
        // The just-in-time compiler works in the background, on this process's account, and for up to four seconds: longest for the variants
        // with the most code.
        await SliceAsync(caller, 16, TimeSpan.FromSeconds(5));
        foreach (var inFlight in arguments.Some("in-flight", InFlight).Select(int.Parse))
        {
            await SliceAsync(caller, inFlight, TimeSpan.FromSeconds(0.5));
            var (bytes, cpu) = (GC.GetTotalAllocatedBytes(precise: true), Environment.CpuUsage.TotalTime);
            var repeatsBefore = repeats.Count;
            var start = Stopwatch.GetTimestamp();
            var count = await SliceAsync(caller, inFlight, seconds);
            var took = Stopwatch.GetElapsedTime(start);
            var name = $"{inFlight} in flight";
            figures.Set(name, "per second", count / took.TotalSeconds);
            figures.Set(name, "cpu", (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / count);
            figures.Set(name, "repeats", 100.0 * (repeats.Count - repeatsBefore) / count);
            figures.Set(name, "bytes", (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / count);
        }
        return figures;
    }

    static async Task<long> SliceAsync(Caller caller, int inFlight, TimeSpan length)
    {
        var start = Stopwatch.GetTimestamp();
        long count = 0;
        await Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(async () =>
        {
            long mine = 0;
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                await caller.CallAsync();
                mine++;
            }
            Interlocked.Add(ref count, mine);
        })));
        return count;
    }
}
