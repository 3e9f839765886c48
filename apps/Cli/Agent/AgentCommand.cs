using System.CommandLine;
using System.Net;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Agent;

/// <summary><c>smart agent</c>: tells the load of a host whose servers cannot report it themselves.</summary>
internal sealed class AgentCommand : SmartCommand
{
    public AgentCommand(TimeProvider time) : base("agent", "Reports this host's load for servers that cannot: load average, memory, connections.")
    {
        var listen = new Option<IPEndPoint>("--listen")
        {
            Description = "HOST:PORT; port 0 takes a free one.",
            HelpName = "host:port",
            Required = true,
            CustomParser = result => ListenAddress.Parse(result),
        };
        var interval = Parameters.Duration(
            "--interval", "Between two looks at the figures, and the longest time between two pushed reports. Default: 1s.",
            TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(30));
        Add(listen);
        Add(interval);
        SetAction((parsed, cancel) => new AgentServer(time).RunAsync(
            parsed.GetValue(listen)!, parsed.GetValue(interval) ?? TimeSpan.FromSeconds(1), cancel));
    }

    public override IReadOnlyList<string> Examples =>
    [
        "smart agent --listen 127.0.0.1:9900",
        "curl http://127.0.0.1:9900/.well-known/load                                  # one report",
        "curl -N -H 'Accept: text/event-stream' http://127.0.0.1:9900/.well-known/load  # reports as they change",
    ];
}
