using System.Text.Json;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Simulating;

public class SimulateTests
{
    const string Small = """{ "name": "small", "replicas": [{ "count": 3 }], "load": { "utilization": 0.5 }, "warm_up_s": 1, "requests": 2000 }""";

    [Fact]
    public async Task Json_has_the_promised_fields()
    {
        var ran = await Smart.RunAsync("simulate", "s1-homogeneous", "--requests", "2000", "--policy", "p2c,jsq", "--seed", "5", "--json");
        Assert.Equal(0, ran.Exit);
        Assert.Equal("s1-homogeneous", ran.Json.GetProperty("scenario").GetString());
        Assert.Equal(5, ran.Json.GetProperty("seed").GetInt64());
        var policies = ran.Json.GetProperty("policies").EnumerateArray().ToList();
        Assert.Equal(["p2c", "jsq"], policies.Select(p => p.GetProperty("policy").GetString()));
        foreach (var policy in policies)
        {
            Assert.Equal(2000, policy.GetProperty("requests").GetInt64());
            Assert.Equal(0, policy.GetProperty("errors").GetInt64());
            foreach (var field in (string[])["mean_ms", "p50_ms", "p99_ms", "p999_ms", "imbalance"]) Assert.True(policy.GetProperty(field).GetDouble() > 0);
        }
    }

    [Fact]
    public async Task The_same_seed_prints_the_same_whatever_runs_beside()
    {
        string[] command = ["simulate", "s3-antagonists", "s4-grey-failure", "--requests", "5000", "--policy", "blended,random", "--seed", "9", "--parallel"];
        var one = await Smart.RunAsync([.. command, "1"]);
        var four = await Smart.RunAsync([.. command, "4"]);
        Assert.Equal(one.Output, four.Output);
        Assert.NotEqual(one.Output, (await Smart.RunAsync([.. command, "4", "--seed", "10"])).Output);
    }

    [Fact]
    public async Task A_document_of_ones_own_with_every_policy()
    {
        using var folder = new TemporaryFolder();
        var ran = await Smart.RunAsync("simulate", folder.Write("day.json", Small), "--policy", "all");
        Assert.Equal(0, ran.Exit);
        Assert.StartsWith("small, seed 1", ran.Output, StringComparison.Ordinal);
        Assert.All((string[])["blended", "round-robin", "jsq"], policy => Assert.Contains($"\n{policy} ", ran.Output, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Plots_are_drawn_as_svg_and_png()
    {
        using var folder = new TemporaryFolder();
        var plots = Path.Combine(folder.Path, "plots");
        var ran = await Smart.RunAsync("simulate", folder.Write("day.json", Small), "--policy", "p2c,random", "--plot", plots);
        Assert.Equal(0, ran.Exit);
        foreach (var name in (string[])["small-time", "small-shares", "small-cdf"])
        {
            Assert.StartsWith("<?xml", await File.ReadAllTextAsync(Path.Combine(plots, name + ".svg"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
            Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(Path.Combine(plots, name + ".png"))[..4]);
        }
    }

    [Theory]
    [InlineData("""{ "name": "x", "replicas": [{ "cores": 0 }], "load": { "utilization": 0.5 } }""", "replicas[0].cores is 0: it must be a whole number from 1 to 1024.")]
    [InlineData("{ \"name\": ", "It is not JSON")]
    public async Task A_bad_document_is_told_in_one_line(string text, string problem)
    {
        using var folder = new TemporaryFolder();
        var ran = await Smart.RunAsync("simulate", folder.Write("day.json", text));
        Assert.Equal(2, ran.Exit);
        Assert.Contains("day.json: " + problem, ran.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nobody", "p2c", "There is no file 'nobody', and no scenario of that name: ")]
    [InlineData("s1-homogeneous", "worst", "There is no policy 'worst'")]
    [InlineData("s1-homogeneous", ",", "--policy names nobody")]
    public async Task What_is_not_there_is_told_in_one_line(string scenario, string policy, string problem)
    {
        var ran = await Smart.RunAsync("simulate", scenario, "--policy", policy);
        Assert.Equal(2, ran.Exit);
        Assert.Contains(problem, ran.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_scenarios_are_one_document_each()
    {
        var ran = await Smart.RunAsync("simulate", "s1-homogeneous", "fails-fast", "--requests", "1000", "--policy", "random", "--json");
        var reader = JsonDocument.Parse("[" + ran.Output.Trim().Replace("\n}\n{", "\n},\n{", StringComparison.Ordinal) + "]");
        Assert.Equal(["s1-homogeneous", "fails-fast"], reader.RootElement.EnumerateArray().Select(d => d.GetProperty("scenario").GetString()));
    }
}
