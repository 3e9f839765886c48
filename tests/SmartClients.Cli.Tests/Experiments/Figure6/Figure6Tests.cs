using System.Globalization;
using System.Net.NetworkInformation;
using System.Text.Json;
using SmartClients.Cli.Experiments.Links;
using SmartClients.Picking;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Experiments.Figure6;

/// <summary>The whole experiment in small, with real servers.</summary>
public sealed class Figure6Tests : IDisposable
{
    static readonly string[] Small = ["experiment", "figure6", "--servers", "1,2", "--clients", "2", "--retrievals", "2", "--size", "64", "--rate", "100"];

    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Out => Path.Combine(folder.Path, "figure");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Figure_and_table_come_from_one_command()
    {
        var smart = await Smart.RunAsync([.. Small, "--links", "relay", "--out", Out, "--json"]);

        Assert.Equal(0, smart.Exit);
        var points = smart.Json.GetProperty("points").EnumerateArray().ToList();
        Assert.Equal(["any", "random", "affinity", Policies.Default], points.Select(point => point.GetProperty("policy").GetString()));
        Assert.All(points, point =>
        {
            Assert.Equal((4, 0), (point.GetProperty("retrievals").GetInt32(), point.GetProperty("failed").GetInt32()));
            Assert.Equal(4, point.GetProperty("per_server").EnumerateArray().Sum(count => count.GetInt32()));
            var (seconds, rate) = (point.GetProperty("seconds").GetDouble(), point.GetProperty("mb_per_s").GetDouble());
            // Both are rounded to thousandths.
            Assert.Equal(4 * 65536 / seconds / 1e6, rate, rate * 0.001 / seconds + 0.001);
        });
        Assert.Equal(smart.Output, await File.ReadAllTextAsync(Path.Combine(Out, "results.json"), Cancel));
        Assert.Contains("| 2 |", await File.ReadAllTextAsync(Path.Combine(Out, "table.md"), Cancel), StringComparison.Ordinal);
        foreach (var name in (string[])["figure6-random", "figure6-affinity", "figure6-adaptive", "policies"])
        {
            Assert.StartsWith("<", (await File.ReadAllTextAsync(Path.Combine(Out, name + ".svg"), Cancel)).TrimStart('\uFEFF'), StringComparison.Ordinal);
            Assert.Equal("PNG"u8.ToArray(), (await File.ReadAllBytesAsync(Path.Combine(Out, name + ".png"), Cancel))[1..4]);
        }
    }

    [Fact]
    public async Task The_machine_decides_how_links_are_made_and_it_is_told()
    {
        var smart = await Smart.RunAsync([.. Small, "--policy", "random"]);

        Assert.Equal(0, smart.Exit);
        Assert.Contains(NamespaceWiring.Missing() is { } missing ? $"a relay in user space ({missing})" : "links by ", smart.Problem, StringComparison.Ordinal);
        Assert.Contains("2 servers, random", smart.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_there_already_is_not_measured_again()
    {
        var first = await Smart.RunAsync([.. Small, "--links", "relay", "--policy", "random", "--out", Out]);
        var before = await ResultsAsync();

        var second = await Smart.RunAsync([.. Small, "--links", "relay", "--policy", "random,affinity", "--out", Out]);

        Assert.Equal((0, 0), (first.Exit, second.Exit));
        var after = await ResultsAsync();
        Assert.Equal(before, after.Take(before.Count));
        Assert.Equal(before.Count + 1, after.Count);
        var other = await Smart.RunAsync([.. Small, "--links", "relay", "--seed", "2", "--out", Out]);
        Assert.Equal(2, other.Exit);
        Assert.Contains("seed 2", other.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("relay", "INT", 130)]
    [InlineData("namespaces", "INT", 130)]
    [InlineData("relay", "KILL", 137)]
    [InlineData("namespaces", "KILL", 137)]
    public async Task Nothing_is_left_whatever_the_way_out(string links, string signal, int code)
    {
        if (links == "namespaces" && NamespaceWiring.Missing() is not null) return;
        await using var smart = Smart.Start("experiment", "figure6", "--servers", "2", "--clients", "4", "--policy", "random", "--links", links, "--out", Out, "--rate", "1");
        await Poll.UntilAsync(() => smart.Errors.Contains("links by", StringComparison.Ordinal) || smart.HasExited, Cancel);
        var servers = Servers(smart.Id);
        Assert.Equal(2, servers.Count);

        await smart.SignalAsync(signal, Cancel);

        Assert.Equal(code, await smart.ExitAsync(Cancel));
        await Poll.UntilAsync(() => servers.TrueForAll(server => !Path.Exists(server.Folder) && Ended(server.Process)), Cancel);
        await Poll.UntilAsync(
            () => !NetworkInterface.GetAllNetworkInterfaces().Any(one => one.Name.StartsWith($"sf{smart.Id}n", StringComparison.Ordinal)), Cancel);
    }

    [Theory]
    [InlineData("--servers", "0,1")]
    [InlineData("--servers", "1,1")]
    [InlineData("--clients", "many")]
    [InlineData("--policy", "random,guess")]
    [InlineData("--links", "string")]
    [InlineData("--retrievals", "0")]
    [InlineData("--out", "/dev/null")]
    public async Task Wrong_use_is_one_clear_line(string option, string value)
    {
        var smart = await Smart.RunAsync("experiment", "figure6", option, value);

        Assert.Equal((2, ""), (smart.Exit, smart.Output));
        Assert.Contains(value.Split(',')[^1], smart.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Results_that_are_none_are_told()
    {
        folder.Write("figure/results.json", "{ \"points\": 7 }");

        var smart = await Smart.RunAsync([.. Small, "--links", "relay", "--out", Out]);

        Assert.Equal(2, smart.Exit);
        Assert.Contains("holds no results of this experiment", smart.Errors, StringComparison.Ordinal);
    }

    async Task<List<string>> ResultsAsync() =>
        [.. JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(Out, "results.json"), Cancel)).RootElement.GetProperty("points").EnumerateArray().Select(point => point.GetRawText())];

    // The shells that the experiment has started: what follows "sh" in their arguments is the server's folder.
    static List<(int Process, string Folder)> Servers(int experiment) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(path => int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : 0)
            .Where(id => id > 0 && Parent(id) == experiment)
            .Select(id => (id, Read($"/proc/{id}/cmdline").Split('\0').First(word => word.Contains("/smart-ftp-", StringComparison.Ordinal) && !word.Contains('\n', StringComparison.Ordinal)))),
    ];

    static int Parent(int id) =>
        Read($"/proc/{id}/stat") is { Length: > 0 } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) : 0;

    // Gone, or dead and not yet asked for by whoever inherited it.
    static bool Ended(int id) => Read($"/proc/{id}/stat") is not { Length: > 0 } stat || stat[(stat.LastIndexOf(')') + 1)..].TrimStart()[0] is 'Z' or 'X';

    static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return "";
        }
    }
}
