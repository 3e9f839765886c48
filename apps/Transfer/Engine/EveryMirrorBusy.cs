using SmartClients.Picking;

namespace SmartClients.Transfer.Engine;

/// <summary>The policy for pieces over several mirrors: the idle first, and of these the one that is expected to be through the soonest.
/// Each mirror that there is a place for is kept busy, and with fewer places than mirrors the fast ones are.</summary>
public static class EveryMirrorBusy
{
    const double OneInFlight = 1e15;

    /// <summary>A policy of the core's, with this cost.</summary>
    public static Policy Policy() => new LowestCost(static (replica, in context) =>
        replica.Vitals.InFlight * OneInFlight + context.Latency(replica) / replica.Endpoint.Weight);
}
