using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using SmartClients.Http.Tests.Support;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>HTTP/2: streams that the server refuses, and a server that says goodbye.</summary>
public class Http2Tests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refused_stream_was_not_carried_out_and_goes_elsewhere_even_for_POST()
    {
        await using var refuses = await Server.StartAsync(c =>
        {
            // REFUSED_STREAM, RFC 9113 §8.7.
            c.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResetFeature>()!.Reset(7);
            return Task.CompletedTask;
        }, HttpProtocols.Http2);
        await using var works = await Server.StartAsync(Server.Hello, HttpProtocols.Http2);
        await using var director = Director.For($"list:{refuses.Address},{works.Address}", new DirectorOptions { Policy = "round-robin" });
        using var client = Http2Client(director);
        for (var i = 0; i < 4; i++)
        {
            using var response = await client.PostAsync("", new StringContent("x"), Cancel);
            Assert.Equal((HttpStatusCode.OK, works.Address), (response.StatusCode, response.AnsweredBy()!.Address));
        }
        Assert.True(refuses.Received > 0);
    }

    [Fact]
    public async Task A_server_that_says_goodbye_loses_no_request()
    {
        await using var leaves = await Server.StartAsync(Slowly, HttpProtocols.Http2);
        await using var stays = await Server.StartAsync(Slowly, HttpProtocols.Http2);
        await using var director = Director.For($"list:{leaves.Address},{stays.Address}");
        using var client = Http2Client(director);
        var requests = new List<Task<string>>();
        Task? stopping = null;
        for (var i = 0; i < 200; i++)
        {
            requests.Add(client.GetStringAsync("", Cancel));
            if (i == 100) stopping = leaves.StopAsync();
            if (i % 10 == 0) await requests[i];
        }
        Assert.All(await Task.WhenAll(requests), text => Assert.Equal("hello", text));
        await stopping!;
        // Attempts that a hedge overtook end a moment after their request.
        await Poll.UntilAsync(() => director.Members.All(m => m.InFlight == 0), Cancel);
    }

    static async Task Slowly(HttpContext context)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, context.RequestAborted);
        await Server.Hello(context);
    }

    static HttpClient Http2Client(Director director) => new(new SmartHandler(director))
    {
        BaseAddress = new Uri("service://quotes/"),
        DefaultRequestVersion = HttpVersion.Version20,
        DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
    };
}
