using System.Globalization;
using System.Text.Json;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Experiments.Figure8;

/// <summary>The whole experiment in small, with real servers that are killed, frozen, cut off and restarted.</summary>
public sealed class Figure8Tests : IDisposable
{
    static readonly string[] Faults = ["kill", "freeze", "partition", "restart"];

    readonly TemporaryFolder folder = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    string Out => Path.Combine(folder.Path, "figure");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Whatever_happens_to_the_servers_no_line_is_lost_and_figure_and_table_come_from_one_command()
    {
        var smart = await Smart.RunAsync("experiment", "figure8", "--servers", "2", "--strikes", "1", "--time", "2s", "--out", Out, "--json");

        Assert.Equal(0, smart.Exit);
        var strikes = smart.Json.GetProperty("strikes").EnumerateArray().ToDictionary(strike => strike.GetProperty("fault").GetString()!);
        Assert.Equal(Faults, strikes.Keys);
        Assert.All(strikes.Values, strike =>
        {
            Assert.Equal(0, strike.GetProperty("wrong").GetInt32());
            var lines = strike.GetProperty("lines").EnumerateArray().ToList();
            Assert.InRange(lines.Count, 20, 10_000);
            Assert.All(lines, line => Assert.All((string[])["write_ms", "read_ms", "elsewhere_ms"], time => Assert.InRange(line.GetProperty(time).GetDouble(), 0, 120_000)));
        });
        Assert.All((string[])["kill", "freeze", "restart"], fault => Assert.InRange(strikes[fault].GetProperty("reader_away_ms").GetDouble(), 0, 120_000));
        Assert.Equal(2, strikes["restart"].GetProperty("at_s").GetArrayLength());
        // Who is served by a server that its peers cannot reach stays. How long who is elsewhere waits is the writer's doing too: one that moves takes its lines along.
        Assert.Equal(JsonValueKind.Null, strikes["partition"].GetProperty("reader_away_ms").ValueKind);
        Assert.Equal(smart.Output, await File.ReadAllTextAsync(Path.Combine(Out, "results.json"), Cancel));
        Assert.Contains("| 1997 |", await File.ReadAllTextAsync(Path.Combine(Out, "table.md"), Cancel), StringComparison.Ordinal);
        foreach (var fault in Faults)
            Assert.Equal("PNG"u8.ToArray(), (await File.ReadAllBytesAsync(Path.Combine(Out, $"figure8-{fault}.png"), Cancel))[1..4]);
    }

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("KILL", 137)]
    public async Task Nothing_is_left_whatever_the_way_out(string signal, int code)
    {
        await using var smart = Smart.Start("experiment", "figure8", "--fault", "freeze");
        await Poll.UntilAsync(() => smart.Errors.Contains("freeze: ", StringComparison.Ordinal) || smart.HasExited, Cancel);
        var folders = Processes().Where(one => one.Parent == smart.Id).Select(one => one.Words.First(word => word.Contains("/smart-chat-", StringComparison.Ordinal) && Directory.Exists(word))).ToList();
        Assert.Equal(3, folders.Count);

        await smart.SignalAsync(signal, Cancel);

        Assert.Equal(code, await smart.ExitAsync(Cancel));
        await Poll.UntilAsync(() => !folders.Exists(Directory.Exists) && !Processes().Any(one => one.Words.Any(folders.Contains)), Cancel);
    }

    [Theory]
    [InlineData("--fault", "kill,boil")]
    [InlineData("--servers", "1")]
    [InlineData("--strikes", "0")]
    [InlineData("--rate", "11")]
    [InlineData("--time", "soon")]
    [InlineData("--out", "/dev/null")]
    public async Task Wrong_use_is_one_clear_line(string option, string value)
    {
        var smart = await Smart.RunAsync("experiment", "figure8", option, value);

        Assert.Equal((2, ""), (smart.Exit, smart.Output));
        Assert.Contains(value.Split(',')[^1], smart.Problem, StringComparison.Ordinal);
    }

    static IEnumerable<(int Parent, string[] Words)> Processes()
    {
        foreach (var path in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(path), NumberStyles.None, CultureInfo.InvariantCulture, out _)) continue;
            var (stat, words) = (Read(path + "/stat"), Read(path + "/cmdline").Split('\0'));
            if (stat.Length > 0) yield return (int.Parse(stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture), words);
        }
    }

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
