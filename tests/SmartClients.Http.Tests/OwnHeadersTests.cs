using System.Diagnostics;
using SmartClients.Http.Tests.Support;
using SmartClients.Membership;
using SmartClients.Naming;
using SmartClients.Outcomes;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>What one attempt has set does not go out with the next; what the caller has set does.</summary>
public class OwnHeadersTests
{
    const string Given = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("a.mirror", "b.mirror", null, "a:1=a.mirror b:2=b.mirror")]
    [InlineData("a.mirror", null, null, "a:1=a.mirror b:2=")]
    [InlineData(null, "b.mirror", null, "a:1= b:2=b.mirror")]
    [InlineData("a.mirror", "b.mirror", "own", "a:1=own b:2=own")]
    [InlineData("a.mirror", null, "own", "a:1=own b:2=own")]
    public async Task The_host_is_each_replicas_own(string? first, string? second, string? own, string expected)
    {
        List<string> seen = [];
        var network = new FakeNetwork((message, _) =>
        {
            seen.Add($"{message.RequestUri!.Authority}={message.Headers.Host}");
            return seen.Count == 1
                ? throw new HttpRequestException(HttpRequestError.ConnectionError, "refused")
                : Task.FromResult(new HttpResponseMessage { RequestMessage = message });
        });
        await using var director = new Director("quotes", new StaticNames(
            new Endpoint("a", 1) { Authority = first }, new Endpoint("b", 2) { Authority = second }), new DirectorOptions { Policy = "round-robin" });
        using var invoker = new HttpMessageInvoker(new SmartHandler(director, inner: network));
        var request = new HttpRequestMessage(HttpMethod.Get, "service://quotes/");
        request.Headers.Host = own;
        using var response = await invoker.SendAsync(request, Cancel);
        Assert.Equal(expected, string.Join(' ', seen.Order()));
    }

    [Fact]
    public async Task A_message_that_is_sent_once_more_from_outside_takes_no_replicas_name_to_another()
    {
        List<string> seen = [];
        var network = new FakeNetwork((message, _) =>
        {
            seen.Add($"{message.RequestUri!.Host}={message.Headers.Host}");
            return Task.FromResult(new HttpResponseMessage { RequestMessage = message });
        });
        await using var director = new Director("quotes", new StaticNames(
            new Endpoint("a", 1) { Authority = "a.mirror" }, new Endpoint("b", 2) { Authority = "b.mirror" }), new DirectorOptions { Policy = "round-robin" });
        using var invoker = new HttpMessageInvoker(new SmartHandler(director, inner: network));
        var request = new HttpRequestMessage(HttpMethod.Get, "service://quotes/");
        for (var i = 0; i < 2; i++) (await invoker.SendAsync(request, Cancel)).Dispose();
        Assert.Equal(["a=a.mirror", "b=b.mirror"], seen.Order());
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_header_that_cannot_be_sent_takes_no_replica_out(string method)
    {
        await using var one = await Server.StartAsync(Server.Hello);
        await using var two = await Server.StartAsync(Server.Hello);
        await using var director = Director.For($"list:{one.Address},{two.Address}");
        using var client = new HttpClient(new SmartHandler(director));
        for (var i = 0; i < 30; i++)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), "service://quotes/");
            request.Headers.TryAddWithoutValidation("X-User", "Müller");
            await Assert.ThrowsAsync<HttpRequestException>(() => client.SendAsync(request, Cancel));
        }
        Assert.All(director.Members, member => Assert.Equal((0L, ReplicaState.Up), (member.Failures, member.State)));
    }

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(true, Given)]
    public async Task Each_attempt_has_a_span_of_its_own_unless_the_caller_named_one(bool underActivity, string? own)
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "System.Net.Http",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        using var outer = underActivity ? new Activity("outer").Start() : null;
        List<string> traces = [];
        await using var one = await Server.StartAsync(c => FailFirst(c, traces));
        await using var two = await Server.StartAsync(c => FailFirst(c, traces));
        await using var director = Director.For($"list:{one.Address},{two.Address}");
        using var client = new HttpClient(new SmartHandler(director));
        var request = new HttpRequestMessage(HttpMethod.Get, "service://quotes/");
        if (own is not null) request.Headers.Add("traceparent", own);
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal(2, traces.Count);
        if (own is not null) Assert.Equal([own, own], traces);
        else Assert.Equal(2, traces.Where(t => t.Length > 0).Distinct().Count());
    }

    [Fact]
    public async Task A_copy_that_fails_while_a_handler_writes_is_nobodys_fault()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "service://quotes/");
        await using var director = Director.For("list:a:1");
        var (key, stop, failed) = (new HttpRequestOptionsKey<int>("x"), false, (UncopiedException?)null);
        for (var i = 0; i < 1000; i++) request.Options.Set(new HttpRequestOptionsKey<int>("many" + i), i);
        var writing = Task.Run(() =>
        {
            // Adding is what an enumeration does not bear.
            for (var i = 0; !Volatile.Read(ref stop); i++)
                if (i % 2 == 0) request.Options.Set(key, i);
                else ((IDictionary<string, object?>)request.Options).Remove("x");
        }, Cancel);
        try
        {
            await Until.TrueAsync(() => (failed = TryCopy(request)) is not null, "a copy fails");
        }
        finally
        {
            Volatile.Write(ref stop, true);
            await writing;
        }
        var exchange = new HttpExchange(null!, director, new SmartHandlerOptions(), request, request.RequestUri!, default);
        var outcome = exchange.Judge(failed!);
        // Neither a fault, which the caller would be thrown, nor a failure of the replica.
        Assert.Equal((OutcomeKind.Overtaken, Delivery.NeverSent), (outcome.Kind, outcome.Delivery));
    }

    static UncopiedException? TryCopy(HttpRequestMessage request)
    {
        try
        {
            RepeatedRequest.Of(request, default, 2, Endpoint.Parse("a:1")).Dispose();
            return null;
        }
        catch (UncopiedException error)
        {
            return error;
        }
    }

    static Task FailFirst(Microsoft.AspNetCore.Http.HttpContext context, List<string> traces)
    {
        lock (traces) traces.Add(context.Request.Headers.TraceParent.ToString());
        return Server.Text(context, "x", traces.Count == 1 ? 500 : 200);
    }
}
