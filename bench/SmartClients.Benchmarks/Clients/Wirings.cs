using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;

namespace SmartClients.Benchmarks.Clients;

/// <summary>The same service, <c>quotes</c>, wired the way each library's own documentation says.</summary>
static class Wirings
{
    public const string Client = "quotes";

    /// <summary>A named client in a service collection whose configuration lists the servers for everybody.</summary>
    public static IHttpClientBuilder NewClient(IReadOnlyList<int> ports, out ServiceCollection services)
    {
        var configuration = new ConfigurationManager();
        for (var i = 0; i < ports.Count; i++)
        {
            configuration[$"Services:quotes:http:{i}"] = $"http://127.0.0.1:{ports[i]}";
            configuration[$"SmartClients:quotes:Members:{i}"] = $"127.0.0.1:{ports[i]}";
        }
        services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        // What a host adds too; nothing is written below warnings.
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        services.AddServiceDiscovery();
        return services.AddHttpClient(Client, client => client.BaseAddress = new Uri("http://quotes/"));
    }

    public static void Discovery(IHttpClientBuilder builder) => builder.AddServiceDiscovery();

    /// <summary>The order of Microsoft's own template: resilience outside, discovery inside.</summary>
    public static void Resilience(IHttpClientBuilder builder)
    {
        builder.AddStandardResilienceHandler();
        builder.AddServiceDiscovery();
    }

    public static void Hedging(IHttpClientBuilder builder)
    {
        builder.AddStandardHedgingHandler();
        builder.AddServiceDiscovery();
    }

    /// <summary>The best that was found by hand for the failover experiment: short attempts, retries at once, no breaker over all hosts.</summary>
    public static void ResilienceTuned(IHttpClientBuilder builder)
    {
        builder.AddStandardResilienceHandler(options =>
        {
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(10);
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(1);
            options.Retry.MaxRetryAttempts = 3;
            options.Retry.BackoffType = DelayBackoffType.Constant;
            options.Retry.Delay = TimeSpan.FromMilliseconds(1);
            options.CircuitBreaker.MinimumThroughput = int.MaxValue;
        });
        builder.AddServiceDiscovery();
    }

    /// <summary>The best that was found by hand for the failover experiment: a hedge after 100 ms, short attempts, no breaker.</summary>
    public static void HedgingTuned(IHttpClientBuilder builder)
    {
        builder.AddStandardHedgingHandler().Configure(options =>
        {
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(10);
            options.Hedging.Delay = TimeSpan.FromMilliseconds(100);
            options.Hedging.MaxHedgedAttempts = 3;
            options.Endpoint.Timeout.Timeout = TimeSpan.FromSeconds(1);
            options.Endpoint.CircuitBreaker.MinimumThroughput = int.MaxValue;
        });
        builder.AddServiceDiscovery();
    }

    public static void Ours(IHttpClientBuilder builder) => builder.AddSmartClient("quotes");

    public static void OursWithoutHedges(IHttpClientBuilder builder) => builder.AddSmartClient("quotes", options => options.Hedge = false);
}
