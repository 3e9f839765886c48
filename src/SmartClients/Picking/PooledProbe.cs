using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>The answer to a probe while it is of use.</summary>
/// <param name="replica">Who answered.</param>
/// <param name="receivedAt">When; nanoseconds of the director's clock.</param>
/// <param name="inFlight">Requests that it had in flight.</param>
/// <param name="latency">How long it took for a request, in milliseconds; 0 when it did not say.</param>
internal sealed class PooledProbe(Replica replica, long receivedAt, double inFlight, double latency)
{
    public Replica Replica => replica;

    public long ReceivedAt => receivedAt;

    public double InFlight => inFlight;

    public double Latency => latency;

    /// <summary>Requests sent there because of this answer.</summary>
    public int Own;

    /// <summary>How many more requests may be.</summary>
    public int UsesLeft;
}
