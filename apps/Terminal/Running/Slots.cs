using System.Collections.Concurrent;
using SmartClients.Naming;

namespace SmartClients.Terminals.Running;

/// <summary>So many commands at once on each machine, and no more.</summary>
/// <param name="most">How many.</param>
public sealed class Slots(int most)
{
    readonly ConcurrentDictionary<string, SemaphoreSlim> free = new();

    /// <summary>Whether a machine has as many as it may have.</summary>
    public bool IsFull(Endpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return free.TryGetValue(endpoint.Address, out var its) && its.CurrentCount == 0;
    }

    internal async Task<IDisposable> TakeAsync(Endpoint endpoint, CancellationToken cancel)
    {
        var its = free.GetOrAdd(endpoint.Address, _ => new SemaphoreSlim(most));
        await its.WaitAsync(cancel);
        return new Slot(its);
    }

    sealed class Slot(SemaphoreSlim its) : IDisposable
    {
        public void Dispose() => its.Release();
    }
}
