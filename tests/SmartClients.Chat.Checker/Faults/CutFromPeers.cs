using SmartClients.Chat.Checker.Servers;

namespace SmartClients.Chat.Checker.Faults;

/// <summary>A server, and the next one with it, cannot reach the other servers, while clients reach all.</summary>
internal sealed class CutFromPeers : Fault
{
    public override string Name => "partition of servers";

    public override async Task StrikeAsync(ChatCluster cluster, int victim, TimeSpan length, TimeProvider time, CancellationToken cancel)
    {
        int[] here = [victim, (victim + 1) % cluster.Size];
        Cut(true);
        await Task.Delay(length, time, cancel);
        Cut(false);

        void Cut(bool cut)
        {
            foreach (var one in here)
                for (var other = 0; other < cluster.Size; other++)
                    if (!here.Contains(other)) cluster.Between(one, other, cut);
        }
    }
}
