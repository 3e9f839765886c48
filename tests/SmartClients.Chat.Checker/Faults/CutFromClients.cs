using SmartClients.Chat.Checker.Servers;

namespace SmartClients.Chat.Checker.Faults;

/// <summary>Nothing passes between a server and its clients, while its peers reach it.</summary>
internal sealed class CutFromClients : Fault
{
    public override string Name => "partition from clients";

    public override async Task StrikeAsync(ChatCluster cluster, int victim, TimeSpan length, TimeProvider time, CancellationToken cancel)
    {
        cluster.ToClients(victim, cut: true);
        await Task.Delay(length, time, cancel);
        cluster.ToClients(victim, cut: false);
    }
}
