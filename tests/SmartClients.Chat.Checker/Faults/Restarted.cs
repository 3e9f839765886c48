using SmartClients.Chat.Checker.Servers;

namespace SmartClients.Chat.Checker.Faults;

/// <summary>SIGTERM, as a deployment does it, and a start right after.</summary>
internal sealed class Restarted : Fault
{
    public override string Name => "restart";

    public override async Task StrikeAsync(ChatCluster cluster, int victim, TimeSpan length, TimeProvider time, CancellationToken cancel)
    {
        await cluster.EndAsync(victim, "TERM", cancel);
        await cluster.StartAsync(victim, cancel);
    }
}
