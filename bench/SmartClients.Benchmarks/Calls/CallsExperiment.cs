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
        var seconds = Report.Number(arguments.Number("seconds", 0.3));
        var inFlight = arguments.Some("in-flight", InFlight);
        var servers = new List<ServerProcess>();
        var clients = new Dictionary<string, CallingClient>();
        try
        {
            for (var i = 0; i < 3; i++) servers.Add(await ServerProcess.StartAsync("server"));
            var ports = string.Join(',', servers.Select(s => s.Port));
            // One after the other, so that each is compiled with the machine to itself; the servers are by the first.
            foreach (var variant in variants) clients[variant] = await CallingClient.StartAsync("--variant", variant, "--ports", ports, "--seconds", seconds);
            var rounds = await Rounds.RunAsync(variants, arguments.Count("rounds", 30), async variant =>
            {
                var figures = new Figures();
                foreach (var many in inFlight) await clients[variant].MeasureAsync(many, figures);
                return figures;
            });
            Write(rounds, arguments);
        }
        finally
        {
            foreach (var client in clients.Values) client.Dispose();
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
}
