using SmartClients.Chat.Checker.Servers;

namespace SmartClients.Chat.Checker.Faults;

/// <summary>SIGKILL of the store that all share, and a start right after.</summary>
internal sealed class StoreRestarted : Fault
{
    public override string Name => "kill of the shared store";

    public override Task StrikeAsync(ChatCluster cluster, int victim, TimeSpan length, TimeProvider time, CancellationToken cancel) => cluster.RestartStoreAsync(cancel);
}
