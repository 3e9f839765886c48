using System.Net;
using SmartClients.Bench.Load;

namespace SmartClients.Bench.Tests.Load;

public class OpenLoopTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Requests_are_sent_when_they_are_due_whatever_became_of_those_before()
    {
        // None is answered before the last one has come.
        const int Count = 20;
        var arrived = 0;
        var all = new TaskCompletionSource();
        var sent = await RunAsync(
            Plan([.. Enumerable.Range(0, Count).Select(i => new LoadRequest(i, 0, 1))]),
            async _ =>
            {
                if (Interlocked.Increment(ref arrived) == Count) all.SetResult();
                await all.Task;
                return HttpStatusCode.OK;
            });
        Assert.Equal(Count, sent.Count(one => one.Error is null));
        // The first waited for the last one, which was due so much later.
        Assert.True(sent[0].TookMs >= Count - 1);
    }

    [Fact]
    public async Task Each_is_sent_by_its_client_with_its_work_and_those_of_the_warm_up_do_not_count()
    {
        var asked = new List<string>();
        var plan = Plan([new LoadRequest(0, 1, 2.5), new LoadRequest(1, 0, 7), new LoadRequest(2, 1, 0.125)]) with { Clients = 2, CountFromMs = 1 };
        var sent = await RunAsync(plan, request =>
        {
            lock (asked) asked.Add($"{request.RequestUri}");
            return Task.FromResult(HttpStatusCode.OK);
        });
        Assert.Equal(2, sent.Count);
        Assert.Equal(["http://client0/work/7", "http://client1/work/0.125", "http://client1/work/2.5"], asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_that_fails_counts_as_having_taken_its_deadline()
    {
        var plan = Plan([new LoadRequest(0, 0, 1), new LoadRequest(0, 0, 2), new LoadRequest(0, 0, 3)]) with { DeadlineMs = 60_000 };
        var sent = await RunAsync(plan, request => request.RequestUri!.AbsolutePath switch
        {
            "/work/1" => Task.FromResult(HttpStatusCode.ServiceUnavailable),
            "/work/2" => throw new HttpRequestException("refused"),
            _ => Task.FromResult(HttpStatusCode.OK),
        });
        Assert.Equal(["HTTP 503", "HttpRequestException", null], sent.Select(one => one.Error));
        Assert.All(sent.Take(2), one => Assert.True(one.TookMs >= 60_000));
        Assert.True(sent[2].TookMs < 60_000);
        var result = LoadResult.Of(sent);
        Assert.Equal((3, 2), (result.Requests, result.Errors));
        Assert.Equal(1, result.ErrorKinds["HTTP 503"]);
    }

    [Fact]
    public async Task One_that_gets_no_answer_is_given_up_at_its_deadline()
    {
        var sent = await RunAsync(Plan([new LoadRequest(0, 0, 1)]) with { DeadlineMs = 50 }, async request =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, Cancel);
            return HttpStatusCode.OK;
        });
        Assert.Equal("time-out", Assert.Single(sent).Error);
    }

    static LoadPlan Plan(IReadOnlyList<LoadRequest> requests) => new() { Wiring = "test", Targets = [new LoadTarget(1)], Clients = 1, CountFromMs = 0, Requests = requests };

    static Task<IReadOnlyList<Sent>> RunAsync(LoadPlan plan, Func<HttpRequestMessage, Task<HttpStatusCode>> answer)
    {
        var clients = Enumerable.Range(0, plan.Clients).Select(i => new HttpClient(new Answering(answer)) { BaseAddress = new Uri($"http://client{i}/") }).ToList();
        return new OpenLoop(plan, clients, TimeProvider.System).RunAsync(Cancel);
    }

    sealed class Answering(Func<HttpRequestMessage, Task<HttpStatusCode>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            new(await answer(request).WaitAsync(cancellationToken));
    }
}
