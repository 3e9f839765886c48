using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartClients.Learning.Orca;
using Xunit;

namespace SmartClients.AspNetCore.Tests;

public class DrainTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Task<RunningServer> StartAsync(Action<DrainOptions> configure, Task? gate = null, TimeSpan? shutdown = null) =>
        RunningServer.StartAsync(
            services =>
            {
                services.AddDrain(configure).AddLoadReports();
                if (shutdown is { } most) services.Configure<HostOptions>(o => o.ShutdownTimeout = most);
            },
            app =>
            {
                app.UseDrain();
                app.UseLoadReports();
                app.MapLoadReports();
                app.MapServiceState();
                app.MapGet("/", () => "hello");
                app.MapGet("/held", async () =>
                {
                    await gate!;
                    return "late";
                });
            });

    static string? State(HttpResponseMessage response) => response.Headers.TryGetValues(Wire.ServiceState, out var values) ? values.Single() : null;

    [Fact]
    public async Task While_it_leaves_the_server_says_so_and_still_serves()
    {
        await using var server = await StartAsync(o => (o.Period, o.Quiet) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)), shutdown: TimeSpan.FromMinutes(5));
        var before = await server.Client.GetAsync("/", Cancel);
        Assert.Null(State(before));
        Assert.Null(before.Headers.ConnectionClose);
        Assert.Equal("up", await server.Client.GetStringAsync("/health", Cancel));

        using var enough = new CancellationTokenSource();
        var stopped = server.App.StopAsync(enough.Token);
        await RunningServer.UntilAsync(() => server.Get<ServiceState>().IsLeaving);
        var during = await server.Client.GetAsync("/", Cancel);
        Assert.Equal((HttpStatusCode.OK, Wire.Leaving, true), (during.StatusCode, State(during), during.Headers.ConnectionClose));
        var health = await server.Client.GetAsync("/health", Cancel);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, Wire.Leaving), (health.StatusCode, State(health)));
        Assert.Equal("leaving", await health.Content.ReadAsStringAsync(Cancel));
        var polled = await server.Client.GetAsync(Wire.LoadPath, Cancel);
        Assert.Equal((HttpStatusCode.OK, Wire.Leaving), (polled.StatusCode, State(polled)));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.GetAsync("/nowhere", Cancel)).StatusCode);
        Assert.False(stopped.IsCompleted);

        await enough.CancelAsync();
        await RunningServer.UntilAsync(() => stopped.IsCompleted);
    }

    [Fact]
    public async Task The_signal_to_stop_begins_the_leaving_and_the_server_stops_once_nothing_comes_any_more()
    {
        await using var server = await StartAsync(o => (o.Period, o.Quiet) = (TimeSpan.FromMinutes(10), TimeSpan.FromMilliseconds(200)), shutdown: TimeSpan.FromHours(1));
        var stopped = server.App.WaitForShutdownAsync(Cancel);
        server.Get<IHostApplicationLifetime>().StopApplication();
        Assert.True(server.Get<ServiceState>().IsLeaving);
        await stopped.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => server.Client.GetAsync("/", Cancel));
        Assert.IsType<SocketException>(refused.InnerException);
    }

    [Fact]
    public async Task What_is_in_flight_is_finished_even_after_the_period()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await StartAsync(o => o.Period = TimeSpan.FromMilliseconds(100), gate.Task);
        var held = server.Client.GetAsync("/held", Cancel);
        await RunningServer.UntilAsync(() => server.Get<LoadState>().InFlight == 1);
        var stopped = server.App.StopAsync(Cancel);
        await RunningServer.UntilAsync(() => !Connects(server));
        Assert.False(stopped.IsCompleted);
        gate.SetResult();
        var late = await held;
        Assert.Equal(("late", Wire.Leaving), (await late.Content.ReadAsStringAsync(Cancel), State(late)));
        await stopped.WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    [Theory]
    [InlineData(5, 30, 5)]
    [InlineData(5, 5, 3.75)]
    [InlineData(5, 0, 0)]
    [InlineData(5, -0.001, 5)]
    public void The_period_leaves_a_quarter_of_the_shutdown_timeout(double period, double shutdown, double left) =>
        Assert.Equal(TimeSpan.FromSeconds(left), new DrainOptions { Period = TimeSpan.FromSeconds(period) }.PeriodWithin(TimeSpan.FromSeconds(shutdown)));

    [Fact]
    public async Task A_long_period_ends_within_the_shutdown_timeout()
    {
        await using var server = await StartAsync(o => (o.Period, o.Quiet) = (TimeSpan.FromMinutes(50), TimeSpan.FromMinutes(50)), shutdown: TimeSpan.FromSeconds(2));
        await server.App.StopAsync(Cancel).WaitAsync(TimeSpan.FromSeconds(20), Cancel);
    }

    [Fact]
    public async Task A_period_out_of_range_is_refused_at_the_start()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => StartAsync(o => o.Period = TimeSpan.FromDays(1)));
        Assert.Contains("DrainOptions.Period", error.Message, StringComparison.Ordinal);
    }

    static bool Connects(RunningServer server)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(IPAddress.Loopback, server.Client.BaseAddress!.Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
