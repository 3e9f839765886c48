using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Yarp.ReverseProxy.LoadBalancing;
using Yarp.ReverseProxy.Model;

namespace SmartClients.Benchmarks.Picks;

/// <summary>YARP's policies, got from its own service collection, with the count that its forwarder keeps.</summary>
sealed class YarpPick
{
    readonly ILoadBalancingPolicy policy;
    readonly ClusterState cluster = new("bench");
    readonly DestinationState[] destinations;
    readonly DefaultHttpContext context = new();

    public YarpPick(string name, int endpoints)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<Microsoft.Extensions.Configuration.IConfiguration>(new Microsoft.Extensions.Configuration.ConfigurationManager());
        services.AddReverseProxy();
        policy = services.BuildServiceProvider().GetServices<ILoadBalancingPolicy>().Single(p => p.Name == name);
        destinations = [.. Enumerable.Range(0, endpoints).Select(i => new DestinationState($"d{i}"))];
    }

    public void Run(int count)
    {
        for (var i = 0; i < count; i++)
        {
            var destination = policy.PickDestination(context, cluster, destinations)!;
            var counter = Counter(destination);
            Increment(counter);
            Decrement(counter);
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_ConcurrencyCounter")]
    [return: UnsafeAccessorType("Yarp.ReverseProxy.Utilities.AtomicCounter, Yarp.ReverseProxy")]
    static extern object Counter(DestinationState destination);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Increment")]
    static extern int Increment([UnsafeAccessorType("Yarp.ReverseProxy.Utilities.AtomicCounter, Yarp.ReverseProxy")] object counter);

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "Decrement")]
    static extern int Decrement([UnsafeAccessorType("Yarp.ReverseProxy.Utilities.AtomicCounter, Yarp.ReverseProxy")] object counter);
}
