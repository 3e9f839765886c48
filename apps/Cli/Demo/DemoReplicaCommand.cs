using System.CommandLine;

namespace SmartClients.Cli.Demo;

/// <summary>The hidden command under which the demo starts its servers.</summary>
internal sealed class DemoReplicaCommand : Command
{
    public DemoReplicaCommand() : base("demo-replica", "A server of the demo.")
    {
        Hidden = true;
        var directory = new Option<string>("--dir") { Required = true };
        var port = new Option<int>("--port");
        Add(directory);
        Add(port);
        SetAction(parsed => new ReplicaServer(parsed.GetValue(directory)!).RunAsync(parsed.GetValue(port)));
    }
}
