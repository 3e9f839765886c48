using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Gossip;

namespace SmartClients.Chat.Server.Serving;

/// <summary>
/// Writers that were told of a gap. One that has the missing messages gives them at once; one that comes back again and again without them has
/// them no more. Where no other server can have them either, it waits in vain, and is told so. Safe for concurrent use.
/// </summary>
internal sealed partial class Gaps(PeerBoard peers, TimeProvider time, ILogger<Gaps> log)
{
    const int Most = 10_000;
    const int Times = 4;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    // Whoever was silent for so long may have had other reasons for coming back without them.
    static readonly TimeSpan Forgotten = TimeSpan.FromSeconds(30);

    readonly Lock gate = new();
    readonly Dictionary<(string Room, string Sender), Gap> known = [];

    /// <summary>One more refusal for a gap.</summary>
    /// <param name="room">The room.</param>
    /// <param name="sender">Whose messages are missing.</param>
    /// <param name="expected">The first that is missing.</param>
    /// <returns>Whether nobody has what is missing any more.</returns>
    public bool IsForGood(string room, string sender, long expected)
    {
        var now = time.GetTimestamp();
        lock (gate)
        {
            if (known.TryGetValue((room, sender), out var gap) && gap.Expected == expected && time.GetElapsedTime(gap.Last, now) < Forgotten)
                gap = gap with { Last = now, Count = gap.Count + 1 };
            else
                gap = new Gap(expected, now, now, 1, IsTold: false);
            if (!known.ContainsKey((room, sender)) && known.Count >= Most) Forget(now);
            if (known.Count < Most || known.ContainsKey((room, sender))) known[(room, sender)] = gap;
            if (gap.Count < Times || time.GetElapsedTime(gap.First, now) < Patience || !peers.WereAskedSince(gap.First)) return false;
            if (!gap.IsTold) Gone(sender, room, expected);
            known[(room, sender)] = gap with { IsTold = true };
            return true;
        }
    }

    /// <summary>A message of the sender was stored.</summary>
    public void Closed(string room, string sender)
    {
        lock (gate) known.Remove((room, sender));
    }

    void Forget(long now)
    {
        foreach (var (writer, gap) in known)
            if (time.GetElapsedTime(gap.Last, now) >= Forgotten) known.Remove(writer);
    }

    [LoggerMessage(LogLevel.Error, "The messages of {sender} in '{room}' from {expected} on are lost: no server of the group has them, nor has their writer. It is told to join anew")]
    partial void Gone(string sender, string room, long expected);

    readonly record struct Gap(long Expected, long First, long Last, int Count, bool IsTold);
}
