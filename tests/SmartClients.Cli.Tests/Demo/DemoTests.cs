using System.Globalization;
using System.Text.RegularExpressions;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Demo;

public partial class DemoTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_are_killed_frozen_and_broken_and_nothing_is_lost()
    {
        using var folder = Files();

        var smart = await Smart.RunAsync("demo", "--seconds", "6", "--rate", "200", "--dir", folder.Path);

        Assert.Equal((0, ""), (smart.Exit, smart.Errors));
        foreach (var happened in (string[])["SIGKILL to replica 1", "replica 1 listens again", "SIGSTOP to replica 2", "SIGCONT to replica 2", "replica 3 answers 500", "replica 3 is well again"])
            Assert.Single(smart.Output.Split('\n'), line => line.EndsWith(happened, StringComparison.Ordinal));
        var lines = smart.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Matches(Summary(), lines[^1]);
        Assert.Contains("requests=1200 lost=0 corrupt=0 ", lines[^1], StringComparison.Ordinal);
        Assert.All(Replicas(smart.Output), id => Assert.False(Lives(id)));
    }

    [Fact]
    public async Task Its_servers_die_with_it_even_a_frozen_one()
    {
        using var folder = Files();
        await using var demo = Smart.Start("demo", "--seconds", "6", "--rate", "50", "--dir", folder.Path);
        await demo.LineAsync("SIGSTOP", Cancel);
        var replicas = Replicas(demo.Output);
        Assert.Equal(3, replicas.Count);

        await demo.SignalAsync("KILL", Cancel);

        await Poll.UntilAsync(() => !replicas.Any(Lives), Cancel);
    }

    [Fact]
    public async Task Interrupted_it_still_sums_up_and_leaves_nobody_behind()
    {
        using var folder = Files();
        await using var demo = Smart.Start("demo", "--seconds", "600", "--rate", "50", "--dir", folder.Path);
        await Poll.UntilAsync(() => Replicas(demo.Output).Count == 3, Cancel);
        await demo.SignalAsync("INT", Cancel);

        var smart = await Smart.EndAsync(demo);

        Assert.Equal(130, smart.Exit);
        Assert.All(Replicas(smart.Output), id => Assert.False(Lives(id)));
    }

    static TemporaryFolder Files()
    {
        var folder = new TemporaryFolder();
        for (var i = 0; i < 20; i++) folder.Write($"some/file {i}%.txt", new string((char)('a' + i), 1 + i * 2000));
        folder.Write(".git/secret", "never served");
        return folder;
    }

    static List<int> Replicas(string output) =>
        [.. Started().Matches(output).Select(match => int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture))];

    // A process that has ended but was not waited for is no more than an entry in a table.
    static bool Lives(int id)
    {
        try
        {
            return !File.ReadAllText($"/proc/{id}/stat").Contains(") Z ", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"is process (\d+) at 127\.0\.0\.1:\d+\n")]
    private static partial Regex Started();

    [GeneratedRegex(@"^requests=\d+ lost=\d+ corrupt=\d+ longest_ms=[\d.]+ p99_ms=[\d.]+( \w+=[\d.]+)*$")]
    private static partial Regex Summary();
}
