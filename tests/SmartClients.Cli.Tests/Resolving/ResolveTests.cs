using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Resolving;

public class ResolveTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_document_has_the_fields_of_the_contract()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("members.json", """{"members":[{"address":"a.example:80","zone":"eu","weight":2,"priority":10},"b.example:81"]}""");

        var smart = await Smart.RunAsync("resolve", "file:" + file, "--json");

        Assert.Equal(0, smart.Exit);
        Assert.Equal("file:" + file, smart.Json.GetProperty("name").GetString());
        Assert.Contains(file, smart.Json.GetProperty("source").GetString(), StringComparison.Ordinal);
        Assert.True(smart.Json.GetProperty("age_s").GetDouble() >= 0);
        Assert.True(smart.Json.TryGetProperty("certificate", out _));
        var members = smart.Json.GetProperty("members").EnumerateArray().ToList();
        Assert.Equal(["a.example:80", "b.example:81"], members.Select(m => m.GetProperty("address").GetString()));
        Assert.Equal(["eu", null], members.Select(m => m.GetProperty("zone").GetString()));
        Assert.Equal([2, 1], members.Select(m => m.GetProperty("weight").GetDouble()));
        Assert.Equal([10, 0], members.Select(m => m.GetProperty("priority").GetInt32()));
        Assert.Matches(@"address +zone +weight +priority +state", (await Smart.RunAsync("resolve", "file:" + file)).Output);
        Assert.All(members, m => Assert.Equal(0, m.GetProperty("inflight").GetInt32()));
        foreach (var field in (string[])["state", "latency_ms", "evidence_age_s"])
            Assert.All(members, m => Assert.True(m.TryGetProperty(field, out _)));
    }

    [Fact]
    public async Task A_probe_tells_the_living_from_the_dead()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        var dead = $"127.0.0.1:{FreePort.Find()}";

        var json = (await Smart.RunAsync("resolve", $"list:{nginx.Address},{dead}", "--probe", "--json")).Json;
        var text = await Smart.RunAsync("resolve", $"list:{nginx.Address},{dead}", "--probe");

        var members = json.GetProperty("members").EnumerateArray().ToList();
        Assert.Equal(["up", "down"], members.Select(m => m.GetProperty("state").GetString()));
        Assert.True(members[0].GetProperty("latency_ms").GetDouble() > 0);
        Assert.True(members[0].GetProperty("evidence_age_s").GetDouble() >= 0);
        Assert.Equal("connection refused", members[1].GetProperty("error").GetString());
        Assert.Contains("down: connection refused", text.Output, StringComparison.Ordinal);
        Assert.Contains("2 members, learnt from list", text.Output, StringComparison.Ordinal);
        Assert.Equal(0, text.Exit);
    }

    [Fact]
    public async Task When_nobody_can_be_reached_the_work_has_failed()
    {
        var smart = await Smart.RunAsync("resolve", $"list:127.0.0.1:{FreePort.Find()}", "--probe");

        Assert.Contains("the one member of", smart.Problem, StringComparison.Ordinal);
        Assert.Equal(1, smart.Exit);
    }
}
