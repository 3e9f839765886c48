using System.CommandLine;
using SmartClients.Bench.Load;
using SmartClients.Bench.Wirings;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Benching;

/// <summary>The hidden command under which a bench starts its clients.</summary>
internal sealed class BenchLoadCommand : Command
{
    public BenchLoadCommand(TimeProvider time) : base("bench-load", "The clients of a bench.")
    {
        Hidden = true;
        SetAction(async (_, cancel) =>
        {
            await LoadProcess.RunAsync(Console.In, Console.Out, OwnClients.Connect, time, cancel);
            return ExitCode.Done;
        });
    }
}
