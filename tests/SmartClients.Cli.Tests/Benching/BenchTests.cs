using System.Globalization;
using System.Text.Json;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Benching;

public class BenchTests
{
    const string Quiet = """{ "name": "quiet", "replicas": [{ "count": 3, "cores": 2 }], "clients": { "count": 2 }, "load": { "utilization": 0.3 }, "work": { "law": "constant", "mean_ms": 10 }, "deadline_ms": 5000, "requests": 600 }""";

    const string Restart = """
        { "name": "restart", "replicas": [{ "count": 3, "cores": 2 }], "clients": { "count": 2, "retries": true }, "load": { "utilization": 0.2 },
          "work": { "law": "constant", "mean_ms": 10 }, "deadline_ms": 5000, "warm_up_s": 1, "requests": 360,
          "profiles": [{ "kind": "fail", "how": "refuse", "replicas": "1", "from_s": 1.5, "until_s": 2.5 }] }
        """;

    static readonly string[] Small = ["--rounds", "1", "--seconds", "3", "--rate", "60"];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("sleep", "adaptive,p2c,nginx,haproxy-least")]
    [InlineData("cpu", "adaptive,nginx-least")]
    public async Task Policies_and_proxies_side_by_side_with_the_same_requests(string work, string peers)
    {
        using var folder = new TemporaryFolder();
        var ran = await Smart.RunAsync(["bench", folder.Write("quiet.json", Quiet), "--peers", peers, "--work", work, .. Small, "--json"]);
        Assert.Equal(("", 0), (ran.Errors, ran.Exit));
        var scenario = Assert.Single(ran.Json.GetProperty("scenarios").EnumerateArray());
        Assert.Equal("quiet", scenario.GetProperty("scenario").GetString());
        var wirings = scenario.GetProperty("wirings").EnumerateArray().ToList();
        Assert.Equal(peers, string.Join(',', wirings.Select(w => w.GetProperty("wiring").GetString())));
        Assert.Single(wirings.Select(w => w.GetProperty("requests").GetInt64()).Distinct());
        foreach (var wiring in wirings)
        {
            Assert.Equal(0, wiring.GetProperty("errors").GetInt64());
            foreach (var field in (string[])["p50_ms", "p99_ms", "p999_ms", "mean_ms", "p99_ratio"]) Assert.True(wiring.GetProperty(field).GetDouble() > 0);
            // 30 ms of work each: 0.3 of six cores at 60 requests a second.
            Assert.True(wiring.GetProperty("p50_ms").GetDouble() >= 29);
        }
        Assert.Equal(1, wirings[0].GetProperty("p99_ratio").GetDouble());
    }

    [Fact]
    public async Task A_replica_that_is_killed_and_started_again_costs_requests_only_where_nobody_repeats_them()
    {
        using var folder = new TemporaryFolder();
        var once = Restart.Replace("\"retries\": true", "\"retries\": false", StringComparison.Ordinal).Replace("\"restart\"", "\"once\"", StringComparison.Ordinal);
        var ran = await Smart.RunAsync(["bench", folder.Write("restart.json", Restart), folder.Write("once.json", once), "--peers", "round-robin", .. Small, "--json"]);
        Assert.Equal(0, ran.Exit);
        var errors = ran.Json.GetProperty("scenarios").EnumerateArray().ToDictionary(s => s.GetProperty("scenario").GetString()!, s => s.GetProperty("wirings")[0].GetProperty("errors").GetInt64());
        Assert.Equal(0, errors["restart"]);
        Assert.True(errors["once"] > 0);
    }

    [Fact]
    public async Task A_folder_collects_rounds_of_several_runs_under_the_same_conditions()
    {
        using var folder = new TemporaryFolder();
        var (day, results) = (folder.Write("quiet.json", Quiet), Path.Combine(folder.Path, "results"));
        for (var run = 1; run <= 2; run++)
        {
            Assert.Equal(0, (await Smart.RunAsync(["bench", day, "--peers", "random", .. Small, "--out", results])).Exit);
            using var kept = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(results, "bench.json"), Cancel));
            Assert.Equal(Enumerable.Range(1, run), kept.RootElement.GetProperty("runs").EnumerateArray().Select(r => r.GetProperty("round").GetInt32()));
            Assert.Equal(run, kept.RootElement.GetProperty("scenarios")[0].GetProperty("wirings")[0].GetProperty("rounds").GetInt32());
        }
        Assert.Contains("| random |", await File.ReadAllTextAsync(Path.Combine(results, "bench.md"), Cancel), StringComparison.Ordinal);

        var other = await Smart.RunAsync(["bench", day, "--peers", "random", .. Small, "--out", results, "--clients", "1"]);
        Assert.Equal(2, other.Exit);
        Assert.Contains("has rounds of quiet under other conditions", other.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_leaves_nobody_behind()
    {
        using var folder = new TemporaryFolder();
        await using var bench = Smart.Start("bench", folder.Write("quiet.json", Quiet), "--peers", "nginx", "--seconds", "600", "--rate", "60");
        // Three replicas, the proxy with its keeper, the clients.
        await Poll.UntilAsync(() => Below(bench.Id).Count >= 6, Cancel);
        var children = Below(bench.Id);
        await bench.SignalAsync("INT", Cancel);

        Assert.Equal(130, (await Smart.EndAsync(bench)).Exit);
        await Poll.UntilAsync(() => !children.Any(Lives), Cancel);
    }

    [Fact]
    public async Task Its_processes_end_with_it_however_it_ends()
    {
        using var folder = new TemporaryFolder();
        await using var bench = Smart.Start("bench", folder.Write("quiet.json", Quiet), "--peers", "haproxy", "--seconds", "600", "--rate", "60");
        await Poll.UntilAsync(() => Below(bench.Id).Count >= 6, Cancel);
        var children = Below(bench.Id);
        await bench.SignalAsync("KILL", Cancel);

        await Poll.UntilAsync(() => !children.Any(Lives), Cancel);
    }

    static List<int> Below(int id)
    {
        var parents = new List<(int Id, int Parent)>();
        foreach (var folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out var each) && Stat(each) is { } stat) parents.Add((each, int.Parse(stat[2], CultureInfo.InvariantCulture)));
        return Of(id);

        List<int> Of(int parent) => [.. parents.Where(p => p.Parent == parent).SelectMany(p => Of(p.Id).Prepend(p.Id))];
    }

    // A process that has ended but was not waited for is no more than an entry in a table.
    static bool Lives(int id) => Stat(id) is { } stat && stat[1] != "Z";

    static string[]? Stat(int id)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{id}/stat");
            return [.. text[..text.IndexOf(' ')].Split(' '), .. text[(text.LastIndexOf(')') + 2)..].Split(' ')];
        }
        catch (IOException)
        {
            return null;
        }
    }
}
