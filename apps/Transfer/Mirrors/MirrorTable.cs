using SmartClients.Naming;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Mirrors;

/// <summary>The mirrors of one file, by their addresses: each is known from the first time that it is asked.</summary>
internal sealed class MirrorTable(Func<Endpoint, FileAddress> locate)
{
    readonly Lock gate = new();
    readonly Dictionary<string, Mirror> byAddress = [];
    readonly List<Mirror> all = [];

    public IReadOnlyList<Mirror> All
    {
        get { lock (gate) return [.. all]; }
    }

    public Mirror Of(Endpoint endpoint)
    {
        lock (gate)
        {
            if (byAddress.TryGetValue(endpoint.Address, out var known)) return known;
            var mirror = new Mirror(all.Count, endpoint, locate(endpoint));
            byAddress[endpoint.Address] = mirror;
            all.Add(mirror);
            return mirror;
        }
    }

    public Mirror At(int number)
    {
        lock (gate) return all[number];
    }

    public async ValueTask CloseLanesAsync(Func<Mirror, Lane, bool> which)
    {
        foreach (var mirror in All)
            foreach (var lane in mirror.TakeLanes(lane => which(mirror, lane))) await lane.DisposeAsync().ConfigureAwait(false);
    }
}
