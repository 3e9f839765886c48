using Microsoft.AspNetCore.Http;
using SmartClients.Http.Loads;
using SmartClients.Learning;
using SmartClients.Membership;
using Xunit;

namespace SmartClients.Http.Tests.Loads;

public class LoadListenerTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly HttpLoadOptions Options = new() { Interval = TimeSpan.FromSeconds(10), Timeout = TimeSpan.FromSeconds(10) };

    static async Task BeginAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync();
    }

    [Fact]
    public async Task The_director_hears_of_changes_over_one_stream()
    {
        await using var server = await LoadServer.HelpingAsync();
        server.Load.ApplicationUtilization = 0.9;
        await using var client = new LoadClient(server.Address);
        client.Director.ListenForLoad(client.Http, Options);
        await LoadClient.UntilAsync(() => client.EvidenceOf(server.Address)?.Report.Utilization == 0.9);
        Assert.Equal(ReportSource.Pushed, client.EvidenceOf(server.Address)!.Source);
        server.Load.ApplicationUtilization = 0.2;
        await LoadClient.UntilAsync(() => client.EvidenceOf(server.Address)!.Report.Utilization == 0.2);
        Assert.Equal("/.well-known/load?interval_ms=10000", Assert.Single(server.Asked));
    }

    [Fact]
    public async Task A_replica_that_leaves_says_so_and_is_heard_again_when_it_is_back()
    {
        var first = await LoadServer.HelpingAsync();
        var address = first.Address;
        await using var other = await LoadServer.HelpingAsync();
        await using var client = new LoadClient(address, other.Address);
        client.Director.ListenForLoad(client.Http, Options);
        await LoadClient.UntilAsync(() => client.EvidenceOf(address) is not null && client.EvidenceOf(other.Address) is not null);
        await first.App.StopAsync(Cancel);
        await first.DisposeAsync();
        await LoadClient.UntilAsync(() => client[address].State == ReplicaState.Leaving);
        Assert.Equal(ReplicaState.Up, client[other.Address].State);
        await using var second = await LoadServer.HelpingAsync(url: "http://" + address);
        second.Load.ApplicationUtilization = 0.33;
        await LoadClient.UntilAsync(() => client.EvidenceOf(address)!.Report.Utilization == 0.33);
    }

    [Fact]
    public async Task Who_can_only_be_polled_or_does_not_help_is_asked_once()
    {
        await using var ordinary = await LoadServer.OrdinaryAsync();
        await using var polled = await LoadServer.AnsweringAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("{}");
        });
        // Ends each stream at once, and so is asked about once a second: a clock for this test.
        await using var clock = await LoadServer.AnsweringAsync(BeginAsync);
        await using var client = new LoadClient(ordinary.Address, polled.Address, clock.Address);
        client.Director.ListenForLoad(client.Http, Options with { MaxBackoff = TimeSpan.FromSeconds(1) });
        await LoadClient.UntilAsync(() => clock.Asked.Count >= 4 && ordinary.Asked.Count >= 1 && polled.Asked.Count >= 1);
        Assert.Single(ordinary.Asked);
        Assert.Single(polled.Asked);
    }

    [Fact]
    public async Task An_event_without_end_is_cut_off()
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endless = await LoadServer.AnsweringAsync(async context =>
        {
            await BeginAsync(context);
            context.RequestAborted.Register(() => cut.TrySetResult());
            await context.Response.WriteAsync("data: " + new string('x', 64 << 10));
            await context.Response.Body.FlushAsync();
            await cut.Task;
        });
        await using var client = new LoadClient(endless.Address);
        client.Director.ListenForLoad(client.Http, Options with { Timeout = TimeSpan.FromMinutes(10) });
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task A_flood_of_events_is_cut_off()
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var flood = await LoadServer.AnsweringAsync(async context =>
        {
            await BeginAsync(context);
            context.RequestAborted.Register(() => cut.TrySetResult());
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync("event: load\ndata: {\"eps\":1}\n\n");
        });
        await using var client = new LoadClient(flood.Address);
        client.Director.ListenForLoad(client.Http, Options);
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Equal(1, client.EvidenceOf(flood.Address)!.Report.ErrorsPerSecond);
    }

    [Theory]
    [InlineData("")]
    [InlineData(": hello\n\nevent: load\ndata: nonsense\n\nevent: load\ndata: {\"cpu_utilization\":-1}\n\n")]
    public async Task Silence_is_not_listened_to_for_ever_and_nonsense_is_passed_over(string first)
    {
        await using var silent = await LoadServer.AnsweringAsync(async context =>
        {
            await BeginAsync(context);
            await context.Response.WriteAsync(first);
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted);
        });
        await using var client = new LoadClient(silent.Address);
        client.Director.ListenForLoad(client.Http, new HttpLoadOptions { Interval = TimeSpan.FromMilliseconds(50), Timeout = TimeSpan.FromMilliseconds(500) });
        await LoadClient.UntilAsync(() => silent.Asked.Count >= 2);
        Assert.Null(client.EvidenceOf(silent.Address));
        Assert.Equal(ReplicaState.Up, client[silent.Address].State);
    }

    [Fact]
    public async Task Disposing_the_director_ends_the_streams()
    {
        await using var server = await LoadServer.HelpingAsync();
        var client = new LoadClient(server.Address);
        client.Director.ListenForLoad(client.Http, Options);
        await LoadClient.UntilAsync(() => client.EvidenceOf(server.Address) is not null);
        await client.DisposeAsync();
    }
}
