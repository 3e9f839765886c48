using SmartClients.Chat.Checker.Servers;

namespace SmartClients.Chat.Checker.Faults;

/// <summary>Something that goes wrong with one server for a while, and is over when the task ends.</summary>
internal abstract class Fault
{
    public abstract string Name { get; }

    /// <summary>Strikes.</summary>
    /// <param name="cluster">The servers.</param>
    /// <param name="victim">Which of them.</param>
    /// <param name="length">For how long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">The check is given up: not that it ends, since every fault is mended.</param>
    public abstract Task StrikeAsync(ChatCluster cluster, int victim, TimeSpan length, TimeProvider time, CancellationToken cancel);
}
