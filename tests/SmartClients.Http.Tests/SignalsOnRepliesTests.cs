using System.Net;
using SmartClients.Http.Tests.Support;
using SmartClients.Learning;
using SmartClients.Membership;
using SmartClients.Naming;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>What a helping server says in the head of a reply reaches the director.</summary>
public class SignalsOnRepliesTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_report_is_believed_of_the_replica_that_sent_it()
    {
        await using var director = Director.For("list:a:1,b:2", new DirectorOptions { Policy = "round-robin" });
        using var invoker = Invoker(director, (response, port) =>
        {
            if (port == 1) response.Headers.Add("endpoint-load-metrics", "TEXT cpu_utilization=0.25, named_metrics.requests_in_flight=7");
        });
        for (var i = 0; i < 2; i++) using (await GetAsync(invoker)) { }
        var (a, b) = (director.Members[0], director.Members[1]);
        Assert.Equal((0.25, 7.0, ReportSource.PiggyBacked), (a.Evidence!.Report.CpuUtilization, a.Evidence.Report.RequestsInFlight, a.Evidence.Source));
        Assert.Null(b.Evidence);
    }

    [Theory]
    [InlineData("TEXT cpu_utilization=NaN")]
    [InlineData("TEXT cpu_utilization=1e308")]
    [InlineData("TEXT cpu_utilization=-1")]
    [InlineData("BIN !!!")]
    [InlineData("JSON {")]
    public async Task Nonsense_is_ignored_and_the_reply_is_good(string header)
    {
        await using var director = Director.For("list:a:1");
        using var invoker = Invoker(director, (response, _) => response.Headers.TryAddWithoutValidation("endpoint-load-metrics", header));
        using var response = await GetAsync(invoker);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(director.Members[0].Evidence?.Report.Utilization);
    }

    [Fact]
    public async Task A_replica_that_says_it_is_leaving_gets_no_new_request()
    {
        await using var director = Director.For("list:a:1,b:2", new DirectorOptions { Policy = "round-robin" });
        var asked = new List<int>();
        using var invoker = Invoker(director, (response, port) =>
        {
            asked.Add(port);
            if (port == 1) response.Headers.Add("Service-State", "leaving");
        });
        for (var i = 0; i < 10; i++) using (await GetAsync(invoker)) { }
        Assert.Equal(1, asked.Count(port => port == 1));
        Assert.Equal(ReplicaState.Leaving, director.Members[0].State);
    }

    [Fact]
    public async Task A_reply_that_says_the_group_has_changed_has_the_source_asked_again()
    {
        var source = new NudgedSource();
        await using var director = new Director("quotes", source);
        using var invoker = Invoker(director, (response, _) => response.Headers.Add("Service-Group", "changed"));
        using (await GetAsync(invoker)) { }
        Assert.Equal(1, source.Nudges);
    }

    [Theory]
    [InlineData(true, "a:1 b:2")]
    [InlineData(false, "a:1")]
    public async Task Members_that_a_reply_names_are_taken_only_where_that_is_allowed(bool allowed, string expected)
    {
        await using var director = Director.For("list:a:1", new DirectorOptions { MembersFromReplies = allowed });
        using var invoker = Invoker(director, (response, _) =>
        {
            response.Headers.Add("Service-Group", "changed");
            response.Headers.Add("Service-Members", "a:1, b:2*2.5");
        });
        using (await GetAsync(invoker)) { }
        Assert.Equal(expected, string.Join(' ', director.Members.Select(m => m.Endpoint.Address)));
    }

    static HttpMessageInvoker Invoker(Director director, Action<HttpResponseMessage, int> adorn) => new(new SmartHandler(director, inner: new FakeNetwork((message, _) =>
    {
        var response = new HttpResponseMessage { RequestMessage = message };
        adorn(response, message.RequestUri!.Port);
        return Task.FromResult(response);
    })));

    static Task<HttpResponseMessage> GetAsync(HttpMessageInvoker invoker) =>
        invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "service://quotes/"), Cancel);

    sealed class NudgedSource : NameSource
    {
        public int Nudges { get; private set; }

        public override string Description => "test";

        public override MemberSet Immediate { get; } = new([Endpoint.Parse("a:1")], "test");

        public override IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, CancellationToken cancel) => throw new NotSupportedException();

        public override void Nudge() => Nudges++;
    }
}
