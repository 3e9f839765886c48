using System.CommandLine;
using SmartClients.Bench.Replicas;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Benching;

/// <summary>The hidden command under which a bench starts its replicas.</summary>
internal sealed class BenchReplicaCommand : Command
{
    public BenchReplicaCommand(TimeProvider time) : base("bench-replica", "A replica of a bench.")
    {
        Hidden = true;
        var (port, seed) = (new Option<int>("--port"), new Option<int>("--seed"));
        var (processor, rounds) = (new Option<double>("--processor"), new Option<double>("--rounds"));
        foreach (var option in (Option[])[port, processor, rounds, seed]) Add(option);
        SetAction(async (parsed, _) =>
        {
            var settings = new ReplicaSettings(parsed.GetValue(port), parsed.GetValue(processor), parsed.GetValue(rounds), parsed.GetValue(seed));
            await new ReplicaServer(settings, time).RunAsync(Console.In, Console.Out);
            return ExitCode.Done;
        });
    }
}
