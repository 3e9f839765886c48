using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;

namespace SmartClients.Benchmarks.Picks;

/// <summary>The one selector of Microsoft.Extensions.ServiceDiscovery, a round robin. It keeps no count.</summary>
sealed class DiscoveryPick
{
    readonly Func<object?, ServiceEndpoint> pick;

    public DiscoveryPick(int endpoints)
    {
        var type = typeof(ServiceEndpointResolver).Assembly.GetType(
            "Microsoft.Extensions.ServiceDiscovery.LoadBalancing.RoundRobinServiceEndpointSelector", throwOnError: true)!;
        var selector = Activator.CreateInstance(type, nonPublic: true)!;
        var all = Enumerable.Range(0, endpoints).Select(i => ServiceEndpoint.Create(new IPEndPoint(0x0A000000 + i, 80))).ToList();
        var source = new ServiceEndpointSource(all, new CancellationChangeToken(CancellationToken.None), new FeatureCollection());
        type.GetMethod("SetEndpoints")!.Invoke(selector, [source]);
        pick = type.GetMethod("GetEndpoint")!.CreateDelegate<Func<object?, ServiceEndpoint>>(selector);
    }

    public void Run(int count)
    {
        for (var i = 0; i < count; i++) pick(null);
    }
}
