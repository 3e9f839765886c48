using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Naming;
using Xunit;

namespace SmartClients.AspNetCore.Tests;

public sealed class MembersEndpointTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static async Task<(WebApplication App, HttpClient Client)> StartAsync(NameSource? source)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddDrain(o => (o.Period, o.Quiet) = (TimeSpan.Zero, TimeSpan.Zero));
        var app = builder.Build();
        app.MapServiceMembers(source);
        await app.StartAsync(Cancel);
        return (app, new HttpClient { BaseAddress = new Uri(app.Urls.Single()) });
    }

    [Fact]
    public async Task The_members_of_a_source_are_told_and_not_again_while_they_are_the_same()
    {
        var (app, client) = await StartAsync(new StaticNames(new Endpoint("a", 1), new Endpoint("b", 2) { Priority = 1 }));
        await using (app)
        using (client)
        {
            using var first = await client.GetAsync("/.well-known/members", Cancel);
            Assert.Equal("application/json", first.Content.Headers.ContentType!.MediaType);
            var set = MembersDocument.Parse(await first.Content.ReadAsByteArrayAsync(Cancel), "test");
            Assert.Equal(["a:1 0", "b:2 1"], set.Endpoints.Select(e => $"{e.Address} {e.Priority}"));
            using var again = new HttpRequestMessage(HttpMethod.Get, "/.well-known/members");
            again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
            using var second = await client.SendAsync(again, Cancel);
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        }
    }

    [Fact]
    public async Task Without_a_source_it_tells_what_the_application_told()
    {
        var (app, client) = await StartAsync(null);
        await using (app)
        using (client)
        {
            using var unknown = await client.GetAsync("/.well-known/members", Cancel);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, unknown.StatusCode);
            app.Services.GetRequiredService<ServiceState>().GroupChanged(members: ["a:1", "b:2"]);
            Assert.Equal("""{"members":["a:1","b:2"]}""", await client.GetStringAsync("/.well-known/members", Cancel));
        }
    }

    [Fact]
    public async Task A_source_that_fails_leaves_the_last_known_members()
    {
        var (app, client) = await StartAsync(new OnceAndNeverAgain());
        await using (app)
        using (client)
            for (var i = 0; i < 5; i++) Assert.Equal("""{"members":["a:1"]}""", await client.GetStringAsync("/.well-known/members", Cancel));
    }

    sealed class OnceAndNeverAgain : NameSource
    {
        public override string Description => "once";

        public override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
        {
            yield return new MemberSet([new Endpoint("a", 1)], "once");
            await Task.Yield();
            throw new IOException("down");
        }
    }
}
