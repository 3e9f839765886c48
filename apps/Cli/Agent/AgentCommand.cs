using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using SmartClients.Cli.Shell;
using SmartClients.Http.Etcd;
using SmartClients.Naming;

namespace SmartClients.Cli.Agent;

/// <summary><c>smart agent</c>: helps the clients of servers that cannot do so themselves. It tells the host's load, and registers a
/// server while that lives.</summary>
internal sealed class AgentCommand : SmartCommand
{
    readonly TimeProvider time;
    readonly Option<IPEndPoint> listen = new("--listen")
    {
        Description = "Report the load at HOST:PORT; port 0 takes a free one.",
        HelpName = "host:port",
        CustomParser = result => ListenAddress.Parse(result),
    };
    readonly Option<TimeSpan?> interval = Parameters.Duration(
        "--interval", "Between two looks at the figures, and the longest time between two pushed reports. Default: 1s.",
        TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
    readonly Option<string?> register = new("--register")
    {
        Description = "Register a server of this host under etcd:SERVICE@host:port,host:port.",
        HelpName = "name",
        CustomParser = result => Read(result, EtcdRegistration.CheckName),
    };
    readonly Option<Endpoint?> address = new("--address")
    {
        Description = "What clients reach the registered server by.",
        HelpName = "host:port",
        CustomParser = result => Read(result, text => Endpoint.Parse(text)),
    };
    readonly Option<TimeSpan?> check = Parameters.Duration(
        "--check", "Between two looks whether the registered server takes connections. Default: 2s.", TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
    readonly Option<TimeSpan?> lease = Parameters.Duration(
        "--lease", "How long it stays registered when the whole host dies. Default: 10s.", TimeSpan.FromSeconds(2), TimeSpan.FromHours(1));
    readonly Option<double?> weight = Parameters.Number("--weight", "Its capacity relative to the others. Default: 1.", null, 0.000001, 1e6);
    readonly Option<string?> zone = new("--zone") { Description = "Where it stands.", HelpName = "name" };

    public AgentCommand(TimeProvider time) : base("agent", "Helps the clients of servers that cannot: reports this host's load, registers a server while it lives.")
    {
        this.time = time;
        foreach (var option in (Option[])[listen, interval, register, address, check, lease, weight, zone]) Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(listen) is null && result.GetResult(register) is null)
                result.AddError("nothing to do: write --listen host:port to report the load, or --register name --address host:port");
            else if (result.GetResult(register) is null != result.GetResult(address) is null)
                result.AddError("--register and --address go together: write both or neither");
        });
        SetAction(RunAsync);
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart agent --listen 127.0.0.1:9900",
        "curl http://127.0.0.1:9900/.well-known/load                                  # one report",
        "curl -N -H 'Accept: text/event-stream' http://127.0.0.1:9900/.well-known/load  # reports as they change",
        "smart agent --register etcd:quotes@10.0.0.1:2379 --address 10.0.0.7:80       # ETCDCTL_USER, ETCDCTL_CACERT … as for etcdctl",
    ];

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        // What fails ends the other as well.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        List<Task<int>> running = [];
        if (parsed.GetValue(register) is { } name) running.Add(RegisterAsync(parsed, name, stop.Token));
        if (parsed.GetValue(listen) is { } at) running.Add(new AgentServer(time).RunAsync(at, parsed.GetValue(interval) ?? TimeSpan.FromSeconds(1), stop.Token));
        await Task.WhenAny(running);
        await stop.CancelAsync();
        return (await Task.WhenAll(running)).Max();
    }

    async Task<int> RegisterAsync(ParseResult parsed, string name, CancellationToken stop)
    {
        var server = parsed.GetValue(address)! with { Weight = parsed.GetValue(weight) ?? 1, Zone = parsed.GetValue(zone) };
        if (IPAddress.TryParse(server.Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            throw new UsageException($"--address {server} is every address of this machine: write the one that clients reach the server by");
        var registration = new EtcdRegistration(
            name, server, parsed.GetValue(lease) ?? TimeSpan.FromSeconds(10), time, EtcdEnvironment.Read(Environment.GetEnvironmentVariable));
        await new ServerRegistration(registration, parsed.GetValue(check) ?? TimeSpan.FromSeconds(2), time).RunAsync(stop);
        return ExitCode.Done;
    }

    static T? Read<T>(ArgumentResult result, Func<string, T> parse) where T : class
    {
        try
        {
            return parse(result.Tokens is [{ Value: var text }] ? text : "");
        }
        catch (FormatException error)
        {
            result.AddError(error.Message);
            return null;
        }
    }
}
