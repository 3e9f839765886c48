using SmartClients.Chat.Checker.Servers;

namespace SmartClients.Chat.Checker.Faults;

/// <summary>Strikes at random, several servers at a time, and leaves none alone for long.</summary>
internal sealed class Misfortune(ChatCluster cluster, Random random, TimeProvider time)
{
    const int MostAtOnce = 3;

    static readonly Fault[] Usual = [new Killed(), new Frozen(), new Restarted(), new CutFromPeers(), new CutFromClients()];

    readonly Dictionary<string, int> struck = [];

    /// <summary>How often each fault struck.</summary>
    public string Tally => string.Join(", ", struck.OrderBy(fault => fault.Key, StringComparer.Ordinal).Select(fault => $"{fault.Key} {fault.Value}"));

    /// <summary>Goes on until told to stop; returns when all is mended.</summary>
    public async Task RunAsync(Action<string> tell, CancellationToken stop, CancellationToken cancel)
    {
        var faults = cluster.HasSharedStore ? [.. Usual, new StoreRestarted()] : Usual;
        Dictionary<int, Task> under = [];
        while (!stop.IsCancellationRequested)
        {
            foreach (var (victim, striking) in under.ToList())
                if (striking.IsCompleted)
                {
                    await striking;
                    under.Remove(victim);
                }
            if (under.Count < MostAtOnce)
            {
                var victims = Enumerable.Range(0, cluster.Size).Where(i => !under.ContainsKey(i)).ToList();
                var (victim, fault) = (victims[random.Next(victims.Count)], faults[random.Next(faults.Length)]);
                var length = TimeSpan.FromSeconds(0.3 + 3 * random.NextDouble());
                struck[fault.Name] = struck.GetValueOrDefault(fault.Name) + 1;
                tell($"{fault.Name}: server {victim}, {length.TotalSeconds:0.0} s");
                under[victim] = fault.StrikeAsync(cluster, victim, length, time, cancel);
            }
            await Task.Delay(TimeSpan.FromSeconds(0.3 + random.NextDouble()), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await Task.WhenAll(under.Values);
    }
}
