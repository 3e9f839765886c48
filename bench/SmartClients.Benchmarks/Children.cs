using SmartClients.Bench.Load;
using SmartClients.Benchmarks.Calls;
using SmartClients.Benchmarks.Chat;
using SmartClients.Benchmarks.Clients;
using SmartClients.Benchmarks.Directories;
using SmartClients.Benchmarks.Failover;
using SmartClients.Benchmarks.Handlers;
using SmartClients.Benchmarks.Picks;
using SmartClients.Benchmarks.Running;
using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks;

/// <summary>What this program does as a child process of itself: measure one variant, or be a server.</summary>
static class Children
{
    public static async Task<int> RunAsync(string role, Arguments arguments)
    {
        switch (role)
        {
            case "picks": Child.Tell(PicksExperiment.Measure(arguments)); break;
            case "sends": Child.Tell(SendsExperiment.Measure(arguments)); break;
            case "handler": Child.Tell(await HandlerExperiment.MeasureAsync(arguments)); break;
            case "calls": await CallingClient.RunAsync(arguments); break;
            case "failover": Child.Tell(await OpenLoop.MeasureAsync(arguments)); break;
            case "server": await KestrelServer.RunAsync(arguments); break;
            case "directory": await DirectoryServer.RunAsync(arguments); break;
            case "chat-server": await ChatServers.RunSmartAsync(arguments); break;
            case "signalr-server": await ChatServers.RunSignalRAsync(arguments); break;
            case "chat-crowd": await ChatCrowd.RunAsync(arguments); break;
            case "bench-load": await LoadProcess.RunAsync(Console.In, Console.Out, DiscoveryClient.Connect, TimeProvider.System, CancellationToken.None); break;
            case "yarp": await YarpServer.RunAsync(arguments); break;
            default: throw new ArgumentException($"There is no child role '{role}'.");
        }
        return 0;
    }
}
