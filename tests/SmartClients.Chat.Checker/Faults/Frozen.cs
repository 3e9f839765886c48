using SmartClients.Chat.Checker.Servers;

namespace SmartClients.Chat.Checker.Faults;

/// <summary>SIGSTOP, and SIGCONT some time later, when it takes itself for a server as good as any.</summary>
internal sealed class Frozen : Fault
{
    public override string Name => "freeze";

    public override async Task StrikeAsync(ChatCluster cluster, int victim, TimeSpan length, TimeProvider time, CancellationToken cancel)
    {
        await cluster.SignalAsync(victim, "STOP", cancel);
        await Task.Delay(length, time, cancel);
        await cluster.SignalAsync(victim, "CONT", cancel);
    }
}
