using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using Xunit;
using Endpoint = SmartClients.Naming.Endpoint;

namespace SmartClients.Http.Tests;

/// <summary>A redirection that was followed was still the replica's answer.</summary>
public class RedirectionTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_replica_answered_and_not_the_redirections_target()
    {
        await using var elsewhere = await Server.StartAsync(Server.Hello);
        await using var replica = await Server.StartAsync(c =>
        {
            c.Response.Redirect($"http://{elsewhere.Address}/y");
            return Task.CompletedTask;
        });
        await using var director = Director.For($"list:{replica.Address}");
        using var client = new HttpClient(new SmartHandler(director));
        using var response = await client.GetAsync(new Uri("service://quotes/"), Cancel);
        Assert.Equal((HttpStatusCode.OK, 1), (response.StatusCode, elsewhere.Received));
        Assert.Equal(Endpoint.Parse(replica.Address), response.AnsweredBy());
    }

    [Fact]
    public async Task Neither_the_replicas_host_nor_the_callers_password_goes_where_it_leads()
    {
        string? host = null, password = null;
        await using var elsewhere = await Server.StartAsync(c =>
        {
            (host, password) = (c.Request.Host.Value, c.Request.Headers.Authorization.ToString());
            return Server.Hello(c);
        });
        await using var replica = await Server.StartAsync(c =>
        {
            c.Response.Redirect($"http://{elsewhere.Address}/y");
            return Task.CompletedTask;
        });
        await using var director = new Director("quotes", new StaticNames(Endpoint.Parse(replica.Address) with { Authority = "api.example.com" }));
        using var client = new HttpClient(new SmartHandler(director));
        using var request = new HttpRequestMessage(HttpMethod.Get, "service://quotes/");
        request.Headers.Add("Authorization", "Bearer x");
        using var response = await client.SendAsync(request, Cancel);
        Assert.Equal((elsewhere.Address, ""), (host, password));
    }

    // With a handler of ours, which leaves redirections to us, and with one of the program's own, which follows them itself.
    [Theory]
    [InlineData(303, "PUT", true)]
    [InlineData(303, "PUT", false)]
    [InlineData(302, "GET", true)]
    [InlineData(302, "GET", false)]
    public async Task What_is_sent_elsewhere_after_a_redirection_broke_is_what_the_caller_sent(int status, string method, bool ours)
    {
        var seen = new ConcurrentQueue<string>();
        await using var one = await Server.StartAsync(c => RedirectFirst(c, seen, status));
        await using var two = await Server.StartAsync(c => RedirectFirst(c, seen, status));
        await using var director = Director.For($"list:{one.Address},{two.Address}");
        using var client = new HttpClient(new SmartHandler(director, inner: ours ? null : new SocketsHttpHandler()));
        using var request = new HttpRequestMessage(new HttpMethod(method), "service://quotes/x");
        if (method == "PUT") request.Content = new StringContent("hello");
        request.Headers.Add("Authorization", "Bearer x");

        using var response = await client.SendAsync(request, Cancel);

        var sent = $"{method} /x {(method == "PUT" ? "hello" : "")} Bearer x";
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([sent, "GET /y  ", sent], seen);
    }

    [Fact]
    public async Task A_handler_that_must_not_follow_does_not()
    {
        await using var replica = await Server.StartAsync(c =>
        {
            c.Response.Redirect("/y");
            return Task.CompletedTask;
        });
        var services = new ServiceCollection();
        services.AddHttpClient("quotes").AddSmartClient("quotes", o => o.Members.Add(replica.Address))
            .UseSocketsHttpHandler((sockets, _) => sockets.AllowAutoRedirect = false);
        services.AddSingleton<IConfiguration>(new ConfigurationManager());
        await using var provider = services.BuildServiceProvider();
        using var response = await provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes").GetAsync(new Uri("/x", UriKind.Relative), Cancel);
        Assert.Equal((HttpStatusCode.Found, 1), (response.StatusCode, replica.Received));
    }

    [Fact]
    public async Task A_handler_that_has_sent_before_follows_as_it_did()
    {
        await using var elsewhere = await Server.StartAsync(Server.Hello);
        await using var replica = await Server.StartAsync(c =>
        {
            c.Response.Redirect($"http://{elsewhere.Address}/y");
            return Task.CompletedTask;
        });
        await using var director = Director.For($"list:{replica.Address}");
        var sockets = PrimaryHandler.New(TimeProvider.System);
        using var plain = new HttpClient(sockets);
        (await plain.GetAsync(new Uri($"http://{elsewhere.Address}/"), Cancel)).Dispose();
        using var client = new HttpClient(new SmartHandler(director, inner: sockets));
        using var response = await client.GetAsync(new Uri("service://quotes/"), Cancel);
        Assert.Equal((HttpStatusCode.OK, 2), (response.StatusCode, elsewhere.Received));
        Assert.Equal(Endpoint.Parse(replica.Address), response.AnsweredBy());
    }

    [Fact]
    public async Task A_circle_ends()
    {
        await using var replica = await Server.StartAsync(c =>
        {
            c.Response.Redirect("/again");
            return Task.CompletedTask;
        });
        await using var director = Director.For($"list:{replica.Address}");
        using var client = new HttpClient(new SmartHandler(director));
        using var response = await client.GetAsync(new Uri("service://quotes/"), Cancel);
        Assert.Equal((HttpStatusCode.Found, 51), (response.StatusCode, replica.Received));
    }

    static async Task RedirectFirst(HttpContext context, ConcurrentQueue<string> seen, int status)
    {
        using var body = new StreamReader(context.Request.Body);
        var (request, first) = (context.Request, seen.IsEmpty);
        seen.Enqueue($"{request.Method} {request.Path} {await body.ReadToEndAsync(Cancel)} {request.Headers.Authorization}");
        if (request.Path == "/y")
        {
            context.Abort();
            return;
        }
        context.Response.StatusCode = first ? status : 200;
        if (first) context.Response.Headers.Location = "/y";
    }
}
