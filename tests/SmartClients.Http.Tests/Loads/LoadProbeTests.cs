using Microsoft.AspNetCore.Builder;
using SmartClients.Http.Loads;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using Xunit;

namespace SmartClients.Http.Tests.Loads;

public class LoadProbeTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Director Prequal(params string[] addresses) =>
        new("quotes", StaticNames.Parse(string.Join(',', addresses)), new DirectorOptions { Policy = "prequal" });

    static async Task<string> GetAsync(Director director, HttpClient http) => await director.SendAsync(
        async (endpoint, cancel) => await http.GetStringAsync(new Uri($"http://{endpoint.Address}/"), cancel), cancel: Cancel);

    [Fact]
    public async Task A_request_has_replicas_asked_and_the_policy_learns_what_they_answer()
    {
        await using var one = await LoadServer.HelpingAsync();
        await using var two = await LoadServer.HelpingAsync();
        using var http = new HttpClient();
        await using var director = Prequal(one.Address, two.Address);
        director.ProbeLoadOverHttp(http);
        // The first answers may be late, and say nothing yet of how long requests take.
        var told = false;
        for (var i = 0; i < 5_000 && !told; i++)
        {
            Assert.Equal("hello", await GetAsync(director, http));
            told = director.Members.All(m => m.Evidence is { Source: ReportSource.Probed, Report: { RequestsInFlight: not null, Latency: > 0 and < 10_000 } });
        }
        Assert.True(told);
    }

    [Fact]
    public async Task Who_does_not_help_is_hardly_asked_and_goes_on_serving()
    {
        await using var one = await LoadServer.OrdinaryAsync();
        await using var two = await LoadServer.OrdinaryAsync();
        using var http = new HttpClient();
        await using var director = Prequal(one.Address, two.Address);
        director.ProbeLoadOverHttp(http);
        for (var i = 0; i < 300; i++) Assert.Equal("hello", await GetAsync(director, http));
        Assert.InRange(one.Asked.Concat(two.Asked).Count(path => path != "/"), 1, 60);
        Assert.All(director.Members, m => Assert.Null(m.Evidence));
    }

    [Fact]
    public async Task Who_says_that_it_is_leaving_gets_no_more_requests()
    {
        await using var leaving = await LoadServer.AnsweringAsync(c =>
        {
            c.Response.Headers[Learning.Orca.Wire.ServiceState] = Learning.Orca.Wire.Leaving;
            return c.Response.Body.WriteAsync("{}"u8.ToArray()).AsTask();
        });
        await using var staying = await LoadServer.HelpingAsync();
        using var http = new HttpClient();
        await using var director = Prequal(leaving.Address, staying.Address);
        director.ProbeLoadOverHttp(http);
        // Whoever is picked, both are asked.
        Assert.Equal("hello", await director.SendAsync((_, _) => ValueTask.FromResult("hello"), cancel: Cancel));
        await LoadClient.UntilAsync(() => director.Members.Single(m => m.Endpoint.Address == leaving.Address).State == ReplicaState.Leaving);
    }
}
