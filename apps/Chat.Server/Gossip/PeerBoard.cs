using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Storage;

namespace SmartClients.Chat.Server.Gossip;

/// <summary>What the peers were last heard to have, and who is there. Safe for concurrent use.</summary>
internal sealed class PeerBoard
{
    const int MostNames = 100;

    readonly PeerNews[] peers;
    readonly bool shared;
    TaskCompletionSource told = New();

    public PeerBoard(ChatServerOptions options, RoomStore store) => (peers, shared) = (store.IsShared ? [new PeerNews()] : [.. options.Peers.Select(_ => new PeerNews())], store.IsShared);

    public PeerNews this[int peer] => peers[peer];

    /// <summary>Up to which of a sender's messages every peer has them; this server has what it tells of in any case.</summary>
    public long Everywhere(string room, string sender)
    {
        if (shared || peers.Length == 0) return long.MaxValue;
        var least = long.MaxValue;
        foreach (var peer in peers) least = Math.Min(least, peer.Has(room, sender));
        return least;
    }

    /// <summary>Completes once so many peers have a sender's messages up to one.</summary>
    public async Task HaveAsync(int count, string room, string sender, long sequence, CancellationToken cancel)
    {
        while (true)
        {
            var next = Volatile.Read(ref told).Task;
            if (shared || peers.Count(peer => peer.Has(room, sender) >= sequence) >= count) return;
            await next.WaitAsync(cancel);
        }
    }

    /// <summary>Whether everything that any peer has was asked for, and taken, since then.</summary>
    public bool WereAskedSince(long timestamp) => shared || peers.All(peer => Volatile.Read(ref peer.Pulled) is not 0 and var pulled && pulled >= timestamp);

    /// <summary>The server with this store asks something, and so is there: who could not reach it need not wait to try again.</summary>
    public void Asked(string by)
    {
        foreach (var peer in peers)
            if (peer.Store == by) peer.Asked();
    }

    /// <summary>A peer has told something.</summary>
    public void Told() => Interlocked.Exchange(ref told, New()).TrySetResult();

    /// <summary>Who is in a room.</summary>
    public People People(Room room)
    {
        var names = room.Names;
        var all = peers.SelectMany(peer => peer.People(room.Name).Names).Concat(names).Order(StringComparer.OrdinalIgnoreCase).Take(MostNames).ToList();
        return new People(names.Count + peers.Sum(peer => peer.People(room.Name).Count), all);
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
