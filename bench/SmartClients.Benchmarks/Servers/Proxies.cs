using SmartClients.Bench.Proxies;

namespace SmartClients.Benchmarks.Servers;

/// <summary>THE TABLE of proxies: each listens on one port and spreads over the replicas, with health checks.</summary>
static class Proxies
{
    public static readonly IReadOnlyDictionary<string, Func<IReadOnlyList<int>, string, Task<ServerProcess>>> Table =
        new Dictionary<string, Func<IReadOnlyList<int>, string, Task<ServerProcess>>>
        {
            ["yarp"] = (ports, _) => ServerProcess.StartAsync("yarp", "--ports", string.Join(',', ports)),
            ["yarp-tuned"] = (ports, _) => ServerProcess.StartAsync("yarp", "--ports", string.Join(',', ports), "--tuned"),
            ["nginx"] = (ports, folder) => NginxAsync(ports, folder, seconds: 5),
            ["nginx-tuned"] = (ports, folder) => NginxAsync(ports, folder, seconds: 1),
            ["haproxy"] = (ports, folder) => HaproxyAsync(ports, folder, seconds: 5, everyMs: 1000, falls: 2),
            ["haproxy-tuned"] = (ports, folder) => HaproxyAsync(ports, folder, seconds: 1, everyMs: 200, falls: 1),
        };

    static Task<ServerProcess> NginxAsync(IReadOnlyList<int> ports, string folder, int seconds)
    {
        var port = FreePort.Find();
        var file = Path.Combine(folder, $"nginx-{port}.conf");
        File.WriteAllText(file, NginxConfiguration.Text(Settings(ports, seconds), port, folder));
        return ServerProcess.StartAsync("nginx", ["-p", folder, "-c", file], port);
    }

    static Task<ServerProcess> HaproxyAsync(IReadOnlyList<int> ports, string folder, int seconds, int everyMs, int falls)
    {
        var port = FreePort.Find();
        var file = Path.Combine(folder, $"haproxy-{port}.cfg");
        File.WriteAllText(file, HaproxyConfiguration.Text(Settings(ports, seconds) with { CheckEveryMs = everyMs, Falls = falls }, port));
        return ServerProcess.StartAsync("haproxy", ["-db", "-q", "-f", file], port);
    }

    static ProxySettings Settings(IReadOnlyList<int> ports, int seconds) => new(ports, seconds * 1000, Retries: true, Checks: true);
}
