using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SmartClients.Http.Tests.Support;
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
