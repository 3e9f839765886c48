using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SmartClients.Http.Hosting;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using SmartClients.Outcomes;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>Connecting has a time limit, and what it ends was never sent.</summary>
public class PrimaryHandlerTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_connection_that_does_not_come_was_never_sent()
    {
        var time = new FakeTimeProvider();
        var connecting = PrimaryHandler.LimitedAsync(cancel => new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel)), time, Cancel).AsTask();
        Assert.False(connecting.IsCompleted);
        time.Advance(PrimaryHandler.ConnectLimit);
        var error = await Assert.ThrowsAsync<RequestException>(() => connecting);
        Assert.Equal((Delivery.NeverSent, "cannot connect within 5 s"), (error.Delivery, error.Message));
    }

    [Fact]
    public async Task A_caller_who_gives_up_while_connecting_is_no_failure()
    {
        using var give = new CancellationTokenSource();
        var connecting = PrimaryHandler.LimitedAsync(
            cancel => new ValueTask(Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel)), new FakeTimeProvider(), give.Token).AsTask();
        await give.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task A_post_to_a_host_that_does_not_answer_goes_to_the_next()
    {
        await using var server = await Server.StartAsync(Server.Hello);
        var working = new Uri("http://" + server.Address).Port;
        // As the platform wraps what the connecting threw.
        using var sockets = PrimaryHandler.New(TimeProvider.System);
        var connect = sockets.ConnectCallback!;
        sockets.ConnectCallback = (context, cancel) => context.DnsEndPoint.Port == working
            ? connect(context, cancel)
            : throw new RequestException("cannot connect within 5 s", Delivery.NeverSent);
        await using var director = Director.For($"list:127.0.0.1:1,{server.Address}", new DirectorOptions { Policy = "round-robin" });
        using var client = new HttpClient(new SmartHandler(director, inner: sockets));
        for (var i = 0; i < 4; i++)
        {
            using var body = new StringContent("x");
            using var response = await client.PostAsync(new Uri("service://quotes/"), body, Cancel);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        Assert.Equal(4, server.Received);
        Assert.True(director.Members[0].Failures > 0);
    }

    [Fact]
    public async Task A_member_whose_name_leads_to_a_refused_address_is_not_connected_to()
    {
        var leadsTo = IPAddress.Parse("169.254.169.254");
        await using var server = await Server.StartAsync(Server.Hello);
        await using var director = new Director("quotes", new Told(AddressRules.Default, new Endpoint("members.example", new Uri("http://" + server.Address).Port)));
        using var sockets = PrimaryHandler.New(TimeProvider.System, () => director.Source.Addresses, (_, _) => Task.FromResult(new[] { leadsTo }));
        using var client = new HttpClient(new SmartHandler(director, inner: sockets));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("service://quotes/"), Cancel));
        Assert.Contains("members.example is not connected to: 169.254.169.254 is a cloud's metadata service", error.ToString(), StringComparison.Ordinal);

        leadsTo = IPAddress.Loopback;
        Assert.Equal("hello", await client.GetStringAsync(new Uri("service://quotes/"), Cancel));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_member_that_redirects_to_a_refused_address_is_not_followed_where_others_named_it(bool others)
    {
        await using var elsewhere = await Server.StartAsync(Server.Hello);
        await using var replica = await RedirectingAsync("localhost:" + new Uri("http://" + elsewhere.Address).Port);
        await using var director = new Director("quotes", new Told(others ? AddressRules.Default : null, Endpoint.Parse(replica.Address)));
        using var sockets = PrimaryHandler.New(TimeProvider.System, () => director.Source.Addresses,
            (host, _) => Task.FromResult(new[] { IPAddress.Parse(host == "localhost" ? "169.254.169.254" : host) }));
        using var client = new HttpClient(new SmartHandler(director, inner: sockets));
        if (others)
        {
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("service://quotes/"), Cancel));
            Assert.Contains("localhost is not connected to", error.ToString(), StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal("hello", await client.GetStringAsync(new Uri("service://quotes/"), Cancel));
        }
        Assert.Equal(others ? 0 : 1, elsewhere.Received);
    }

    [Fact]
    public async Task The_handlers_that_nobody_configured_go_by_the_rules_of_the_name()
    {
        await using var replica = await RedirectingAsync("169.254.169.254");
        var source = new Told(AddressRules.Default, Endpoint.Parse(replica.Address));
        var services = new ServiceCollection();
        services.AddSmartClientNames(o => o.AddForms(names => names.With("told", (_, _) => source)));
        services.AddHttpClient("quotes").AddSmartClient("quotes", o => o.Name = "told:x");
        await using var provider = services.BuildServiceProvider();
        using var made = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        await using var director = new Director("quotes", source);
        using var plain = new HttpClient(new SmartHandler(director));
        foreach (var client in (HttpClient[])[made, plain])
        {
            var error = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("service://quotes/today"), Cancel));
            Assert.Contains("169.254.169.254 is a cloud's metadata service", error.ToString(), StringComparison.Ordinal);
        }
    }

    static Task<Server> RedirectingAsync(string to) => Server.StartAsync(context =>
    {
        context.Response.Redirect($"http://{to}/latest/meta-data/");
        return Task.CompletedTask;
    });

    /// <summary>Members that somebody else named, with or without rules for where they lead.</summary>
    sealed class Told(AddressRules? rules, Endpoint member) : NameSource
    {
        public override string Description => "told";

        public override AddressRules? Addresses => rules;

        public override bool IsFixed => true;

        public override MemberSet? Immediate => new([member], Description);

        public override async IAsyncEnumerable<MemberSet> WatchAsync(TimeProvider time, [EnumeratorCancellation] CancellationToken cancel)
        {
            yield return Immediate!;
            await Task.CompletedTask;
        }
    }

    [Fact]
    public void The_factorys_own_handler_gets_the_limit()
    {
        var services = new ServiceCollection();
        services.AddHttpClient("quotes").AddSmartClient("quotes", o => o.Name = "list:a:1");
        Assert.NotNull(Assert.IsType<SocketsHttpHandler>(Primary(services)).ConnectCallback);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_handler_that_the_program_configures_wins(bool before)
    {
        using var own = new SocketsHttpHandler();
        var services = new ServiceCollection();
        var builder = services.AddHttpClient("quotes");
        if (before) builder.ConfigurePrimaryHttpMessageHandler(() => own);
        builder.AddSmartClient("quotes", o => o.Name = "list:a:1");
        if (!before) builder.ConfigurePrimaryHttpMessageHandler(() => own);
        Assert.Same(own, Primary(services));
        Assert.Null(own.ConnectCallback);
    }

    static HttpMessageHandler Primary(ServiceCollection services)
    {
        using var provider = services.BuildServiceProvider();
        var builder = provider.GetRequiredService<HttpMessageHandlerBuilder>();
        builder.Name = "quotes";
        foreach (var action in provider.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get("quotes").HttpMessageHandlerBuilderActions) action(builder);
        return builder.PrimaryHandler;
    }
}
