using System.Net;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>What is repeated, and what is not, by method, status and what the caller says.</summary>
public class RepeatabilityTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("GET", 500, true)]
    [InlineData("PUT", 502, true)]
    [InlineData("DELETE", 503, true)]
    [InlineData("POST", 500, false)]
    [InlineData("PATCH", 503, false)]
    [InlineData("POST", 429, true)]
    [InlineData("POST", 421, true)]
    [InlineData("GET", 404, false)]
    [InlineData("GET", 501, false)]
    public async Task By_method_and_status(string method, int status, bool repeated)
    {
        var (network, invoker) = await OneBadAsync(status);
        using var response = await invoker.SendAsync(new HttpRequestMessage(new HttpMethod(method), "service://quotes/"), Cancel);
        Assert.Equal(repeated ? 2 : 1, network.Sent.Count);
        Assert.Equal(repeated ? 200 : status, (int)response.StatusCode);
    }

    [Fact]
    public async Task A_post_that_the_server_asked_to_send_later_was_not_carried_out()
    {
        var (network, invoker) = await OneBadAsync(503, response => response.Headers.Add("Retry-After", "1"));
        using var response = await invoker.SendAsync(new HttpRequestMessage(HttpMethod.Post, "service://quotes/"), Cancel);
        Assert.Equal((2, HttpStatusCode.OK), (network.Sent.Count, response.StatusCode));
    }

    [Theory]
    [InlineData(true, false, false)]
    [InlineData(false, true, false)]
    [InlineData(false, false, true)]
    public async Task A_post_is_repeated_when_the_caller_says_so(bool header, bool option, bool request)
    {
        var (network, invoker) = await OneBadAsync(500, options: new SmartHandlerOptions { RepeatUnsafe = option });
        var message = new HttpRequestMessage(HttpMethod.Post, "service://quotes/") { Content = new StringContent("x") };
        if (header) message.Headers.Add("Idempotency-Key", "8e03978e-40d5-43dd-bc93-6894a57f9324");
        if (request) message.Allow(o => o with { Repeatable = true });
        using var response = await invoker.SendAsync(message, Cancel);
        Assert.Equal((2, HttpStatusCode.OK), (network.Sent.Count, response.StatusCode));
    }

    [Fact]
    public async Task Three_replicas_that_answer_alike_are_believed_and_not_blamed()
    {
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.InternalServerError) { RequestMessage = message }));
        await using var director = Director.For("list:a:1,b:2,c:3,d:4");
        using var invoker = new HttpMessageInvoker(new SmartHandler(director, inner: network));
        for (var i = 0; i < 20; i++)
            using (var response = await invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "service://quotes/poison"), Cancel))
                Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Equal(60, network.Sent.Count);
        Assert.All(director.Members, m => Assert.Equal((Membership.ReplicaState.Up, 0), (m.State, (int)m.Failures)));
    }

    [Fact]
    public async Task Nobody_there_is_an_HttpRequestException_that_tells_what_happened_at_each()
    {
        await using var director = Director.For("list:127.0.0.1:1,127.0.0.1:2");
        using var client = new HttpClient(new SmartHandler(director)) { BaseAddress = new Uri("service://quotes/") };
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync("", Cancel));
        Assert.Equal(HttpRequestError.ConnectionError, error.HttpRequestError);
        var inner = Assert.IsType<ServiceUnavailableException>(error.InnerException);
        Assert.Equal(["127.0.0.1:1", "127.0.0.1:2"], inner.Attempts.Select(a => a.Endpoint.Address).Order());
        Assert.All(inner.Attempts, a => Assert.Equal((Outcomes.Delivery.NeverSent, "connection refused"), (a.Delivery, a.Reason)));
    }

    static Task<(FakeNetwork, HttpMessageInvoker)> OneBadAsync(int status, Action<HttpResponseMessage>? adorn = null, SmartHandlerOptions? options = null)
    {
        var first = true;
        var network = new FakeNetwork((message, _) =>
        {
            var response = new HttpResponseMessage(first ? (HttpStatusCode)status : HttpStatusCode.OK) { RequestMessage = message };
            if (first) adorn?.Invoke(response);
            first = false;
            return Task.FromResult(response);
        });
        return Task.FromResult((network, new HttpMessageInvoker(new SmartHandler(Director.For("list:a:1,b:2"), options, network))));
    }
}
