using System.Net;
using SmartClients.Benchmarks.Servers;
using SmartClients.Discovery;
using SmartClients.Naming;

namespace SmartClients.Benchmarks.Changes;

/// <summary>Address records, or service records, of a real DNS server (dnsmasq), with a time to live of one second.</summary>
sealed class DnsGroup(bool services) : ChangingGroup
{
    const int HangUp = 1;

    readonly string folder = Directory.CreateTempSubdirectory("smart-bench-").FullName;
    readonly int port = FreePort.Find();
    int replicaPort;
    ServerProcess? server;

    string Hosts => Path.Combine(folder, "hosts");

    public override async Task SetAsync(IReadOnlyList<string> addresses)
    {
        var all = addresses.Select(a => Endpoint.Parse(a)).ToList();
        replicaPort = all[0].Port;
        await File.WriteAllLinesAsync(Hosts, all.Select(e => $"{e.Host} bench.test").Concat(all.Select(e => $"{e.Host} {Label(e)}.test")));
        if (services || server is null)
        {
            // Service records are read when it starts.
            server?.Dispose();
            server = await ServerProcess.StartAsync("dnsmasq",
            [
                "--keep-in-foreground", "--conf-file=/dev/null", "--no-resolv", "--no-hosts", "--bind-interfaces", "--listen-address=127.0.0.1",
                "--pid-file=", "--user=root", $"--port={port}", "--local-ttl=1", $"--addn-hosts={Hosts}",
                .. all.Select(e => $"--srv-host=_bench._tcp.test,{Label(e)}.test,{e.Port},0,10"),
            ], port);
        }
        else server.Signal(HangUp);
    }

    public override NameSource Open() => Names.Core
        .WithDns(new DnsOptions { Servers = [new IPEndPoint(IPAddress.Loopback, port)], Families = DnsFamilies.IPv4 })
        .Open(services ? "srv:_bench._tcp.test" : $"dns:bench.test:{replicaPort}");

    public override ValueTask DisposeAsync()
    {
        server?.Dispose();
        Directory.Delete(folder, recursive: true);
        return default;
    }

    static string Label(Endpoint endpoint) => "r" + endpoint.Host.Replace('.', '-');
}
