using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests.Conditions;

/// <summary>Handlers come and go; timers do not pile up, and what was learnt stays.</summary>
public class D10_Lifetimes
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_handler_rotations_make_no_timer_and_forget_nothing()
    {
        var time = new CountingTime();
        var services = new ServiceCollection();
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message }));
        services.AddHttpClient("quotes").ConfigurePrimaryHttpMessageHandler(() => network)
            .AddSmartClient("quotes", o =>
            {
                o.Name = "list:a:1,b:2";
                o.Policy = "round-robin";
                o.Director = d => d with { Time = time };
            });
        await using var provider = services.BuildServiceProvider();
        var actions = provider.GetRequiredService<IOptionsMonitor<HttpClientFactoryOptions>>().Get("quotes").HttpMessageHandlerBuilderActions;

        int? afterFirst = null;
        for (var i = 0; i < 1000; i++)
        {
            var builder = provider.GetRequiredService<HttpMessageHandlerBuilder>();
            builder.Name = "quotes";
            foreach (var action in actions) action(builder);
            using var invoker = new HttpMessageInvoker(builder.Build(), disposeHandler: false);
            using var response = await invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "service://quotes/"), Cancel);
            afterFirst ??= time.Timers;
        }
        Assert.Equal(afterFirst, time.Timers);
        // One round robin went on through all of them: a rotation that began anew would always hit the same replica first.
        Assert.Equal(500, network.Sent.Count(m => m.RequestUri!.Host == "a"));
    }

    sealed class CountingTime : TimeProvider
    {
        int timers;

        public int Timers => timers;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref timers);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}
