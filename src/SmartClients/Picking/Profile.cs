using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>
/// The paper's profile of servers (§3.1.1): "a combination of network connectivity, server performance, and current server load".
/// The expected time is the network's round trip plus the server's work, where the work is divided by what is left of its capacity.
/// </summary>
/// <remarks>
/// Capacity is the endpoint's weight; the round trip its <c>rtt_ms</c> metadata, else nothing; the work the group's median latency;
/// the load what the server reports, else the requests that this client has in flight. The better of two is taken.
/// </remarks>
public sealed class Profile : Policy
{
    const double MostLoaded = 0.98;

    /// <inheritdoc/>
    public override Replica Pick(in PickContext context) => context.BetterOfTwo(static (r, in c) => ExpectedTime(r, c));

    /// <inheritdoc/>
    public override double Score(Replica replica, in PickContext context) => ExpectedTime(replica, context);

    static double ExpectedTime(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        var evidence = replica.Vitals.Evidence;
        var reported = evidence?.Report.Utilization is { } u ? u * evidence.Weight(context.Now, context.ReportDecay) : 0;
        var work = context.Typical * (replica.Vitals.InFlight + 1) / replica.Endpoint.Weight;
        return RoundTrip(replica) + work / (1 - Math.Clamp(reported, 0, MostLoaded));
    }

    static double RoundTrip(Replica replica) =>
        replica.Endpoint.Metadata.TryGetValue("rtt_ms", out var text)
        && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var ms) && ms is > 0 and < 60_000 ? ms * 1e6 : 0;
}
