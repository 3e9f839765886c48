using System.Text.Json;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Calling;

public class SteadyLoadTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_summary_has_the_fields_of_the_contract()
    {
        await using var a = await Nginx.StartAsync(Cancel);
        await using var b = await Nginx.StartAsync(Cancel);

        var smart = await Smart.RunAsync("call", $"list:{a.Address},{b.Address}/hello.txt", "--count", "200", "--rate", "400", "--policy", "round-robin", "--json");

        Assert.Equal(0, smart.Exit);
        Assert.Equal((200, 200, 0), Counts(smart.Json));
        foreach (var field in (string[])["retried", "hedged", "p50_ms", "p99_ms", "longest_ms"])
            Assert.True(smart.Json.GetProperty(field).GetDouble() >= 0, field);
        Assert.True(smart.Json.GetProperty("p50_ms").GetDouble() <= smart.Json.GetProperty("longest_ms").GetDouble());
        var endpoints = smart.Json.GetProperty("endpoints").EnumerateArray().ToList();
        Assert.Equal([a.Address, b.Address], endpoints.Select(e => e.GetProperty("address").GetString()));
        Assert.Equal(1.0, endpoints.Sum(e => e.GetProperty("share").GetDouble()), 3);
        Assert.Equal(0, endpoints.Sum(e => e.GetProperty("failures").GetInt64()));
        Assert.Equal(200 + smart.Json.GetProperty("hedged").GetInt64(), endpoints.Sum(e => e.GetProperty("requests").GetInt64()));
    }

    [Fact]
    public async Task Killing_one_nginx_in_mid_load_loses_nothing()
    {
        await using var victim = await Nginx.StartAsync(Cancel);
        await using var other = await Nginx.StartAsync(Cancel);
        await using var load = Smart.Start("call", $"list:{victim.Address},{other.Address}/hello.txt", "--count", "1500", "--rate", "500", "--json");
        await Poll.UntilAsync(() => victim.Requests > 20, Cancel);
        await victim.KillAsync(Cancel);

        var smart = await Smart.EndAsync(load);

        Assert.Equal((1500, 1500, 0), Counts(smart.Json));
        Assert.Equal(0, smart.Exit);
        // It was killed under load, and noticed.
        Assert.True(smart.Json.GetProperty("endpoints")[0].GetProperty("failures").GetInt64() > 0);
        Assert.True(smart.Json.GetProperty("retried").GetInt64() > 0);
    }

    [Fact]
    public async Task Interrupted_it_still_sums_up()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);
        await using var load = Smart.Start("call", $"list:{nginx.Address}/hello.txt", "--count", "1000000", "--rate", "100", "--json");
        await Poll.UntilAsync(() => nginx.Requests > 10, Cancel);
        await load.SignalAsync("INT", Cancel);

        var smart = await Smart.EndAsync(load);

        Assert.Equal(130, smart.Exit);
        var (requests, succeeded, failed) = Counts(smart.Json);
        Assert.InRange(requests, 5, 999_999);
        Assert.Equal((requests, 0), (succeeded, failed));
    }

    [Fact]
    public async Task What_fails_is_counted_and_the_first_reason_told()
    {
        await using var nginx = await Nginx.StartAsync(Cancel);

        var smart = await Smart.RunAsync("call", $"list:{nginx.Address}/missing", "--count", "20", "--concurrency", "2");

        Assert.Equal("smart: 20 of 20 failed, the first: HTTP 404 Not Found", smart.Problem);
        Assert.Contains("20 requests in", smart.Output, StringComparison.Ordinal);
        Assert.Contains("0 succeeded, 20 failed", smart.Output, StringComparison.Ordinal);
        Assert.Equal(1, smart.Exit);
    }

    static (long Requests, long Succeeded, long Failed) Counts(JsonElement json) =>
        (json.GetProperty("requests").GetInt64(), json.GetProperty("succeeded").GetInt64(), json.GetProperty("failed").GetInt64());
}
