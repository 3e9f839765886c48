using SmartClients.Bench.Processes;
using SmartClients.Bench.Proxies;

namespace SmartClients.Bench.Wirings;

/// <summary>One way for clients to reach the replicas: one row of the table.</summary>
/// <param name="Name">What it is listed under.</param>
/// <param name="Loader">The program that runs the clients.</param>
/// <param name="Client">What the clients are called there.</param>
internal sealed record Wiring(string Name, ChildProgram Loader, string Client)
{
    /// <summary>Starts the proxy that stands between, where one does.</summary>
    public Func<ProxySettings, TimeProvider, Child>? Proxy { get; init; }
}
