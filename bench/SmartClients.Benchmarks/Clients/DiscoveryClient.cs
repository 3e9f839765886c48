using Microsoft.Extensions.DependencyInjection;
using SmartClients.Bench.Load;

namespace SmartClients.Benchmarks.Clients;

/// <summary>Clients of <c>AddServiceDiscovery</c> for <c>smart bench</c>, which ships no peer itself: alone, and with Microsoft's handlers that
/// repeat or hedge.</summary>
static class DiscoveryClient
{
    public static HttpClient Connect(LoadPlan plan, int index)
    {
        // Services of its own: each client takes its own turns.
        var builder = Wirings.NewClient([.. plan.Targets.Select(target => target.Port)], out var services);
        builder.ConfigureHttpClient(client => client.Timeout = Timeout.InfiniteTimeSpan);
        Action<IHttpClientBuilder> wire = plan.Wiring switch
        {
            "discovery" => Wirings.Discovery,
            "discovery+resilience" => Wirings.Resilience,
            "discovery+hedging" => Wirings.Hedging,
            _ => throw new ArgumentException($"There is no wiring '{plan.Wiring}'."),
        };
        wire(builder);
        return services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(Wirings.Client);
    }
}
