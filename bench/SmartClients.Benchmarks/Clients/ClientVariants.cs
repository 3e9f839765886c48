using Microsoft.Extensions.DependencyInjection;

namespace SmartClients.Benchmarks.Clients;

/// <summary>THE TABLE of clients: name, and how to make one for the servers' ports.</summary>
static class ClientVariants
{
    public static readonly IReadOnlyDictionary<string, Func<IReadOnlyList<int>, Caller>> Table = new Dictionary<string, Func<IReadOnlyList<int>, Caller>>
    {
        ["rr3"] = RoundRobin,
        ["ours"] = ports => Wired(ports, Wirings.Ours),
        ["ours-nohedge"] = ports => Wired(ports, Wirings.OursWithoutHedges),
        ["sd3"] = ports => Wired(ports, Wirings.Discovery),
        ["sd3+res"] = ports => Wired(ports, Wirings.Resilience),
        ["sd3+hedge"] = ports => Wired(ports, Wirings.Hedging),
        ["sd3+res-tuned"] = ports => Wired(ports, Wirings.ResilienceTuned),
        ["sd3+hedge-tuned"] = ports => Wired(ports, Wirings.HedgingTuned),
    };

    /// <summary>What a careful person writes without any library; to one port, a plain client (for a proxy).</summary>
    public static Caller RoundRobin(IReadOnlyList<int> ports)
    {
        var addresses = ports.Select(port => new Uri($"http://127.0.0.1:{port}/")).ToArray();
        var last = -1;
        return new Caller(new HttpClient(), () => addresses[(uint)Interlocked.Increment(ref last) % addresses.Length]);
    }

    static Caller Wired(IReadOnlyList<int> ports, Action<IHttpClientBuilder> wire)
    {
        wire(Wirings.NewClient(ports, out var services));
        var client = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(Wirings.Client);
        var address = new Uri("http://quotes/");
        return new Caller(client, () => address);
    }
}
