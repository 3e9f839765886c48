using Microsoft.AspNetCore.Http;
using SmartClients.Http.Loads;
using SmartClients.Learning;
using SmartClients.Membership;
using Xunit;

namespace SmartClients.Http.Tests.Loads;

public class LoadPollTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_director_learns_what_each_replica_answers(bool wholeClient)
    {
        await using var busy = await LoadServer.HelpingAsync();
        await using var idle = await LoadServer.HelpingAsync();
        (busy.Load.ApplicationUtilization, idle.Load.ApplicationUtilization) = (0.9, 0.1);
        await using var client = new LoadClient(busy.Address, idle.Address);
        using var handler = new SocketsHttpHandler { UseProxy = false };
        using var invoker = new HttpMessageInvoker(handler);
        client.Director.PollLoadOverHttp(wholeClient ? client.Http : invoker, LoadClient.Often);
        await LoadClient.UntilAsync(() => client.EvidenceOf(busy.Address)?.Report.Utilization == 0.9 && client.EvidenceOf(idle.Address)?.Report.Utilization == 0.1);
        Assert.Equal(ReportSource.Polled, client.EvidenceOf(busy.Address)!.Source);
        busy.Load.ApplicationUtilization = 0.2;
        await LoadClient.UntilAsync(() => client.EvidenceOf(busy.Address)!.Report.Utilization == 0.2);
    }

    [Fact]
    public async Task Who_does_not_help_is_asked_once_and_goes_on_serving()
    {
        await using var ordinary = await LoadServer.OrdinaryAsync();
        await using var helping = await LoadServer.HelpingAsync();
        await using var client = new LoadClient(ordinary.Address, helping.Address);
        client.Director.PollLoadOverHttp(client.Http, LoadClient.Often);
        await LoadClient.UntilAsync(() => helping.Asked.Count >= 20 && ordinary.Asked.Count >= 1);
        Assert.Single(ordinary.Asked);
        Assert.Null(client.EvidenceOf(ordinary.Address));
        Assert.Equal(ReplicaState.Up, client[ordinary.Address].State);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("")]
    [InlineData("[1]")]
    public async Task What_cannot_be_read_is_ignored(string body)
    {
        await using var strange = await LoadServer.AnsweringAsync(context => context.Response.WriteAsync(body));
        await using var client = new LoadClient(strange.Address);
        client.Director.PollLoadOverHttp(client.Http, LoadClient.Often);
        // The second question shows that the first answer was dealt with.
        await LoadClient.UntilAsync(() => strange.Asked.Count >= 2);
        Assert.Null(client.EvidenceOf(strange.Address));
        Assert.Equal(ReplicaState.Up, client[strange.Address].State);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut_off()
    {
        var cut = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var endless = await LoadServer.AnsweringAsync(async context =>
        {
            context.RequestAborted.Register(() => cut.TrySetResult());
            while (!context.RequestAborted.IsCancellationRequested) await context.Response.WriteAsync(new string(' ', 4096));
        });
        await using var client = new LoadClient(endless.Address);
        client.Director.PollLoadOverHttp(client.Http, LoadClient.Often with { Timeout = TimeSpan.FromMinutes(10) });
        await cut.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        Assert.Null(client.EvidenceOf(endless.Address));
    }

    [Fact]
    public async Task Who_never_answers_is_asked_again()
    {
        await using var silent = await LoadServer.AnsweringAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        await using var client = new LoadClient(silent.Address);
        client.Director.PollLoadOverHttp(client.Http, LoadClient.Often with { Timeout = TimeSpan.FromMilliseconds(50) });
        await LoadClient.UntilAsync(() => silent.Asked.Count >= 2);
    }

    [Fact]
    public async Task Who_answers_that_it_leaves_is_leaving()
    {
        await using var leaver = await LoadServer.HelpingAsync(drain: TimeSpan.FromMinutes(10));
        await using var other = await LoadServer.HelpingAsync();
        await using var client = new LoadClient(leaver.Address, other.Address);
        client.Director.PollLoadOverHttp(client.Http, LoadClient.Often);
        await LoadClient.UntilAsync(() => client.EvidenceOf(leaver.Address) is not null);
        using var enough = new CancellationTokenSource();
        var stopped = leaver.App.StopAsync(enough.Token);
        await LoadClient.UntilAsync(() => client[leaver.Address].State == ReplicaState.Leaving);
        Assert.Equal(ReplicaState.Up, client[other.Address].State);
        await enough.CancelAsync();
        await LoadClient.UntilAsync(() => stopped.IsCompleted);
    }

    [Fact]
    public async Task Options_out_of_range_are_refused_by_name()
    {
        await using var client = new LoadClient("127.0.0.1:1");
        var error = Assert.Throws<ArgumentException>(() => client.Director.PollLoadOverHttp(client.Http, new HttpLoadOptions { Path = "load" }));
        Assert.Contains("Path is 'load'", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => client.Director.ListenForLoad(client.Http, new HttpLoadOptions { Interval = TimeSpan.Zero }));
        Assert.Throws<ArgumentException>(() => client.Director.ListenForLoad(client.Http, new HttpLoadOptions { Scheme = "ftp" }));
    }
}
