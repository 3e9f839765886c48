using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SmartClients.Learning;
using SmartClients.Learning.Orca;
using Xunit;

namespace SmartClients.AspNetCore.Tests;

public class LoadReportsTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static LoadReport Read(HttpResponseMessage response)
    {
        Assert.True(OrcaReader.TryParse(Assert.Single(response.Headers.GetValues(Wire.LoadMetrics)), out var report));
        return report;
    }

    static Task<RunningServer> StartAsync(Action<LoadReportOptions>? configure = null, TimeProvider? time = null, TaskCompletionSource? gate = null) =>
        RunningServer.StartAsync(
            services =>
            {
                if (time is not null) services.AddSingleton(time);
                services.AddLoadReports(configure);
            },
            app =>
            {
                app.UseLoadReports();
                app.MapLoadReports();
                app.MapGet("/", () => "hello");
                app.MapGet("/held", async () =>
                {
                    await gate!.Task;
                    return "late";
                });
                app.MapGet("/dear", (HttpContext context) =>
                {
                    context.SetRequestCost(1.5);
                    return "dear";
                });
                app.MapGet("/bad", () => Results.StatusCode(500));
            });

    [Fact]
    public async Task Who_asks_is_told_how_long_a_request_takes_at_this_load()
    {
        var time = new FakeTimeProvider();
        var gate = new TaskCompletionSource();
        await using var server = await StartAsync(time: time, gate: gate);
        async Task<LoadReport> AskAsync()
        {
            Assert.True(OrcaReader.TryParseJson(await server.Client.GetByteArrayAsync(Wire.LoadPath, Cancel), out var report));
            return report;
        }
        Assert.Null((await AskAsync()).Latency);
        var held = server.Client.GetAsync("/held", Cancel);
        while ((await AskAsync()).RequestsInFlight != 1) await Task.Yield();
        time.Advance(TimeSpan.FromMilliseconds(40));
        gate.SetResult();
        (await held).Dispose();
        while ((await AskAsync()).RequestsInFlight != 0) await Task.Yield();
        Assert.Equal(40, (await AskAsync()).Latency!.Value, 0.01);
        // Replies share a header, and say nothing of it.
        Assert.Null(Read(await server.Client.GetAsync("/", Cancel)).Latency);
        // A failure that comes at once makes no server fast.
        for (var i = 0; i < 40; i++) (await server.Client.GetAsync("/bad", Cancel)).Dispose();
        while ((await AskAsync()).RequestsInFlight != 0) await Task.Yield();
        Assert.InRange((await AskAsync()).Latency!.Value, 19, 41);
    }

    [Fact]
    public async Task Every_reply_carries_what_the_server_knows_of_its_load()
    {
        await using var server = await StartAsync();
        var response = await server.Client.GetAsync("/", Cancel);
        Assert.StartsWith("TEXT ", response.Headers.GetValues(Wire.LoadMetrics).Single(), StringComparison.Ordinal);
        var report = Read(response);
        Assert.Equal(0, report.RequestsInFlight);
        Assert.InRange(report.MemoryUtilization!.Value, 1e-9, 1);
        Assert.Null(report.ApplicationUtilization);
        Assert.Null(report.RequestCost);
        server.Get<LoadState>().ApplicationUtilization = 0.7;
        Assert.Equal(0.7, Read(await server.Client.GetAsync("/", Cancel)).ApplicationUtilization);
        Assert.Equal(1.5, Read(await server.Client.GetAsync("/dear", Cancel)).RequestCost);
        Assert.Null(Read(await server.Client.GetAsync("/", Cancel)).RequestCost);
    }

    [Theory]
    [InlineData(OrcaForm.Json, "JSON ")]
    [InlineData(OrcaForm.Binary, "BIN ")]
    public async Task The_header_takes_the_form_that_was_asked_for(OrcaForm form, string prefix)
    {
        await using var server = await StartAsync(o => o.Form = form);
        server.Get<LoadState>().ApplicationUtilization = 0.25;
        var response = await server.Client.GetAsync("/", Cancel);
        Assert.StartsWith(prefix, response.Headers.GetValues(Wire.LoadMetrics).Single(), StringComparison.Ordinal);
        Assert.Equal(0.25, Read(response).ApplicationUtilization);
    }

    [Fact]
    public async Task Requests_in_flight_are_the_others()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        // The timer stands still, so that nothing but the count changes from reply to reply.
        await using var server = await StartAsync(time: new FakeTimeProvider(), gate: gate);
        Assert.Equal(0, Read(await server.Client.GetAsync("/", Cancel)).RequestsInFlight);
        var held = Enumerable.Range(0, 3).Select(_ => server.Client.GetAsync("/held", Cancel)).ToArray();
        await RunningServer.UntilAsync(() => server.Get<LoadState>().InFlight == 3);
        Assert.Equal(3, Read(await server.Client.GetAsync("/", Cancel)).RequestsInFlight);
        Assert.True(OrcaReader.TryParseJson(await server.Client.GetByteArrayAsync(Wire.LoadPath, Cancel), out var polled));
        Assert.Equal(3, polled.RequestsInFlight);
        gate.SetResult();
        foreach (var response in await Task.WhenAll(held)) Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await RunningServer.UntilAsync(() => server.Get<LoadState>().InFlight == 0);
    }

    [Fact]
    public async Task Rates_and_the_processor_are_looked_at_by_a_timer()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time: time);
        for (var i = 0; i < 20; i++) await server.Client.GetAsync(i % 4 == 0 ? "/bad" : "/", Cancel);
        await RunningServer.UntilAsync(() => server.Get<LoadState>().InFlight == 0);
        Assert.Null(server.Get<LoadState>().Report.RequestsPerSecond);
        time.Advance(TimeSpan.FromSeconds(1));
        var report = server.Get<LoadState>().Report;
        Assert.Equal(20, report.RequestsPerSecond);
        Assert.Equal(5, report.ErrorsPerSecond);
        Assert.True(report.CpuUtilization > 0, "Twenty requests took no time of any processor.");
        Assert.Equal(20, Read(await server.Client.GetAsync("/", Cancel)).RequestsPerSecond);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, server.Get<LoadState>().Report.RequestsPerSecond);
    }

    [Fact]
    public async Task Reports_go_only_to_those_chosen()
    {
        await using var server = await StartAsync(o => o.SendTo = context => context.Request.Headers.ContainsKey("Wants-Load"));
        Assert.False((await server.Client.GetAsync("/", Cancel)).Headers.Contains(Wire.LoadMetrics));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Wants-Load", "1" } } };
        Assert.True((await server.Client.SendAsync(request, Cancel)).Headers.Contains(Wire.LoadMetrics));
    }

    [Fact]
    public async Task The_application_may_say_for_a_while_that_the_group_has_changed()
    {
        var time = new FakeTimeProvider();
        await using var server = await StartAsync(time: time);
        Assert.False((await server.Client.GetAsync("/", Cancel)).Headers.Contains(Wire.ServiceGroup));
        server.Get<ServiceState>().GroupChanged(TimeSpan.FromSeconds(5));
        Assert.Equal(Wire.Changed, (await server.Client.GetAsync("/", Cancel)).Headers.GetValues(Wire.ServiceGroup).Single());
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.False((await server.Client.GetAsync("/", Cancel)).Headers.Contains(Wire.ServiceGroup));
    }

    [Fact]
    public async Task What_is_out_of_range_is_refused_by_name()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(o => o.NoticeableChange = 2));
        Assert.Contains("NoticeableChange is 2", error.Message, StringComparison.Ordinal);
        await using var server = await StartAsync();
        Assert.Throws<ArgumentOutOfRangeException>(() => server.Get<LoadState>().ApplicationUtilization = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => new DefaultHttpContext().SetRequestCost(-1));
    }

    [Fact]
    public void Using_without_adding_says_what_to_add()
    {
        var app = WebApplication.CreateSlimBuilder().Build();
        Assert.Contains("AddLoadReports", Assert.Throws<InvalidOperationException>(() => app.UseLoadReports()).Message, StringComparison.Ordinal);
        Assert.Contains("AddDrain", Assert.Throws<InvalidOperationException>(() => app.UseDrain()).Message, StringComparison.Ordinal);
    }
}
