using System.Net;
using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using Xunit;

namespace SmartClients.AspNetCore.Tests;

public class LoadPushTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Task<RunningServer> StartAsync(Action<LoadReportOptions>? configure = null) =>
        RunningServer.StartAsync(services => services.AddLoadReports(configure), app =>
        {
            app.UseLoadReports();
            app.MapLoadReports();
        });

    static async Task<HttpResponseMessage> ListenAsync(RunningServer server, string query = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Wire.LoadPath + query) { Headers = { { "Accept", "text/event-stream" } } };
        return await server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }

    static async Task<IAsyncEnumerator<SseItem<LoadReport>>> EventsAsync(HttpResponseMessage response)
    {
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType!.MediaType);
        return SseParser.Create(await response.Content.ReadAsStreamAsync(Cancel), (_, data) =>
        {
            Assert.True(OrcaReader.TryParseJson(data, out var report));
            return report;
        }).EnumerateAsync(Cancel).GetAsyncEnumerator(Cancel);
    }

    [Fact]
    public async Task Who_asks_is_told_in_json()
    {
        await using var server = await StartAsync();
        server.Get<LoadState>().ApplicationUtilization = 0.5;
        var response = await server.Client.GetAsync(Wire.LoadPath, Cancel);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        Assert.True(OrcaReader.TryParseJson(await response.Content.ReadAsByteArrayAsync(Cancel), out var report));
        Assert.Equal((0.5, 0.0), (report.ApplicationUtilization, report.RequestsInFlight));
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await server.Client.PostAsync(Wire.LoadPath, null, Cancel)).StatusCode);
    }

    [Fact]
    public async Task Listeners_hear_of_a_noticeable_change_before_the_interval_is_over()
    {
        await using var server = await StartAsync();
        using var response = await ListenAsync(server, "?interval_ms=3600000");
        await using var events = await EventsAsync(response);
        Assert.True(await events.MoveNextAsync());
        Assert.Equal((Wire.LoadEvent, (double?)null), (events.Current.EventType, events.Current.Data.ApplicationUtilization));
        server.Get<LoadState>().ApplicationUtilization = 0.9;
        while (events.Current.Data.ApplicationUtilization is null) Assert.True(await events.MoveNextAsync());
        Assert.Equal(0.9, events.Current.Data.ApplicationUtilization);
        Assert.Equal(0, server.Get<LoadState>().InFlight);
    }

    [Fact]
    public async Task Listeners_hear_something_every_interval()
    {
        await using var server = await StartAsync(o => o.NoticeableChange = 1);
        using var response = await ListenAsync(server, "?interval_ms=1");
        await using var events = await EventsAsync(response);
        for (var i = 0; i < 5; i++) Assert.True(await events.MoveNextAsync());
    }

    [Theory]
    [InlineData("?interval_ms=soon")]
    [InlineData("?interval_ms=-5")]
    [InlineData("?interval_ms=0")]
    [InlineData("?interval_ms=1.5")]
    [InlineData("?interval_ms=99999999999")]
    [InlineData("?interval_ms=")]
    [InlineData("?interval_ms=1&interval_ms=2")]
    public async Task An_interval_that_cannot_be_read_is_refused(string query)
    {
        await using var server = await StartAsync();
        using var response = await ListenAsync(server, query);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("interval_ms", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_only_so_many_listeners_and_one_that_goes_makes_room()
    {
        await using var server = await StartAsync(o => o.MaxListeners = 2);
        var (first, second) = (await ListenAsync(server), await ListenAsync(server));
        var third = await ListenAsync(server);
        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable], [first.StatusCode, second.StatusCode, third.StatusCode]);
        Assert.NotNull(third.Headers.RetryAfter);
        first.Dispose();
        for (var status = third.StatusCode; status != HttpStatusCode.OK;)
        {
            using var again = await ListenAsync(server);
            status = again.StatusCode;
        }
        second.Dispose();
    }

    [Fact]
    public async Task Listeners_are_told_of_the_leaving_and_do_not_hold_up_the_stop()
    {
        await using var server = await StartAsync();
        using var response = await ListenAsync(server);
        await using var events = await EventsAsync(response);
        Assert.True(await events.MoveNextAsync());
        var stopped = server.App.StopAsync(Cancel);
        while (events.Current.EventType != Wire.Leaving) Assert.True(await events.MoveNextAsync());
        Assert.False(await events.MoveNextAsync());
        await stopped.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }
}
