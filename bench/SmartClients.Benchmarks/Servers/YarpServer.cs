using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Benchmarks.Running;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;

namespace SmartClients.Benchmarks.Servers;

/// <summary>YARP before the replicas, with active and passive health checks.</summary>
static class YarpServer
{
    public static async Task RunAsync(Arguments arguments)
    {
        var ports = arguments.Needed("ports").Split(',');
        var tuned = arguments.Has("tuned");
        var checks = !arguments.Has("no-checks");
        var cluster = new ClusterConfig
        {
            ClusterId = "quotes",
            Destinations = ports.ToDictionary(port => port, port => new DestinationConfig { Address = $"http://127.0.0.1:{port}/" }),
            HttpRequest = new ForwarderRequestConfig { ActivityTimeout = TimeSpan.FromSeconds(arguments.Number("seconds", tuned ? 1 : 5)) },
            HealthCheck = new HealthCheckConfig
            {
                Active = new ActiveHealthCheckConfig
                {
                    Enabled = checks,
                    Interval = TimeSpan.FromSeconds(tuned ? 0.2 : 1),
                    Timeout = TimeSpan.FromSeconds(tuned ? 0.2 : 1),
                    Policy = "ConsecutiveFailures",
                },
                Passive = new PassiveHealthCheckConfig { Enabled = checks, Policy = "TransportFailureRate", ReactivationPeriod = TimeSpan.FromSeconds(10) },
            },
            Metadata = new Dictionary<string, string> { ["ConsecutiveFailuresHealthPolicy.Threshold"] = tuned ? "1" : "2" },
        };
        var route = new RouteConfig { RouteId = "all", ClusterId = cluster.ClusterId, Match = new RouteMatch { Path = "{**rest}" } };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddReverseProxy().LoadFromMemory([route], [cluster]);
        await using var app = builder.Build();
        app.MapReverseProxy();
        await ServerProcess.ServeAsync(app);
    }
}
