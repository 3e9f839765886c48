using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>The last few replicas whose reply said that they have nothing else to do: the idea of join-idle-queue (<see cref="JoinIdle"/>) where
/// replies carry reports. Each is told to one client alone, so that many clients do not all take the same one. Safe from any thread, without
/// a lock.</summary>
internal sealed class LatelyIdle
{
    const int Places = 4;

    /// <summary>How long it is believed, in requests one after the other: queues change as fast.</summary>
    const double Requests = 10;

    /// <summary>Which part of the reports must say busy: where hardly anybody ever waits there is nothing to gain, and a client that is alone would
    /// stay with one replica.</summary>
    const double WorthIt = 0.1;

    const double Newest = 1.0 / 64;

    /// <summary>When whoever is not idle was told to be.</summary>
    public const long Never = long.MinValue / 2;

    readonly Belief?[] places = new Belief?[Places];
    int next = -1;
    double busy;

    /// <summary>A reply came along with a report.</summary>
    public void Told(Belief belief, bool idle, long now)
    {
        var before = Volatile.Read(ref busy);
        Volatile.Write(ref busy, before + ((idle ? 0 : 1) - before) * Newest);
        Volatile.Write(ref belief.IdleAt, idle ? now : Never);
        if (idle) Volatile.Write(ref places[Interlocked.Increment(ref next) & (Places - 1)], belief);
    }

    /// <summary>The one that was told last, once.</summary>
    /// <param name="context">The pick.</param>
    /// <param name="typical">What a request takes, in nanoseconds.</param>
    /// <param name="most">The latency that it may have at most, in nanoseconds per unit of weight.</param>
    public Replica? Take(in PickContext context, double typical, double most)
    {
        if (Volatile.Read(ref busy) < WorthIt) return null;
        Belief? latest = null;
        var at = context.Now - (long)(Requests * typical);
        foreach (var one in places)
        {
            if (one is null || Volatile.Read(ref one.IdleAt) is var its && its <= at || Volatile.Read(ref one.Version) != context.Version) continue;
            if (one.Replica.Vitals.InFlight == 0 && one.Pace(context.Now, typical) <= most) (latest, at) = (one, its);
        }
        return latest is not null && Interlocked.CompareExchange(ref latest.IdleAt, Never, at) == at ? latest.Replica : null;
    }
}
