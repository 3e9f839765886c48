using Microsoft.Extensions.DependencyInjection;
using SmartClients.Benchmarks.Clients;
using SmartClients.Http;

namespace SmartClients.Benchmarks.Handlers;

/// <summary>THE TABLE of handler chains over a stub.</summary>
static class HandlerVariants
{
    public static readonly IReadOnlyDictionary<string, Func<HttpMessageHandler, HttpMessageInvoker>> Table =
        new Dictionary<string, Func<HttpMessageHandler, HttpMessageInvoker>>
        {
            ["stub"] = stub => new HttpMessageInvoker(stub),
            ["factory"] = stub => Chain(stub, _ => { }),
            ["discovery"] = stub => Chain(stub, Wirings.Discovery),
            ["discovery+resilience"] = stub => Chain(stub, Wirings.Resilience),
            ["discovery+hedging"] = stub => Chain(stub, Wirings.Hedging),
            ["ours"] = stub => new HttpMessageInvoker(new SmartHandler(Director.For("list:127.0.0.1:9001,127.0.0.1:9002,127.0.0.1:9003"), inner: stub)),
            ["ours-factory"] = stub => Chain(stub, Wirings.Ours),
        };

    static HttpMessageInvoker Chain(HttpMessageHandler stub, Action<IHttpClientBuilder> wire)
    {
        var builder = Wirings.NewClient([9001, 9002, 9003], out var services);
        builder.ConfigurePrimaryHttpMessageHandler(() => stub);
        wire(builder);
        // The chain itself, without HttpClient on top: the same under each.
        return new HttpMessageInvoker(services.BuildServiceProvider().GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(Wirings.Client));
    }
}
