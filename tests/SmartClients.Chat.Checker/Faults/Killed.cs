using SmartClients.Chat.Checker.Servers;

namespace SmartClients.Chat.Checker.Faults;

/// <summary>SIGKILL, and a start some time later with what is on the disk.</summary>
internal sealed class Killed : Fault
{
    public override string Name => "kill";

    public override async Task StrikeAsync(ChatCluster cluster, int victim, TimeSpan length, TimeProvider time, CancellationToken cancel)
    {
        await cluster.EndAsync(victim, "KILL", cancel);
        await Task.Delay(length, time, cancel);
        await cluster.StartAsync(victim, cancel);
    }
}
