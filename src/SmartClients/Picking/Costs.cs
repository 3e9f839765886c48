using SmartClients.Membership;

namespace SmartClients.Picking;

/// <summary>The costs that come with the library.</summary>
public static class Costs
{
    /// <summary>Requests in flight from this client, per unit of weight.</summary>
    public static double Outstanding(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return (replica.Vitals.InFlight + 1) / replica.Weight;
    }

    /// <summary>
    /// Peak EWMA (Finagle): the latency to expect, once for each request that would then be in flight. A failure was entered as a
    /// long latency, so a replica that fails fast is not a fast one.
    /// </summary>
    public static double PeakEwma(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        return context.Latency(replica) * (replica.Vitals.InFlight + 1) / replica.Weight;
    }

    /// <summary>
    /// Peak EWMA, raised or lowered by the replica's own report where there is one: by at most twice or half, and less the older
    /// the report is. What the client sees itself stays in command; a lying or stuck report cannot take over.
    /// </summary>
    public static double Blended(Replica replica, in PickContext context)
    {
        var cost = PeakEwma(replica, context);
        var evidence = replica.Vitals.Evidence;
        if (evidence?.Report.Utilization is not { } utilization) return cost;
        // 0 at half full; +1 at full and beyond; -1 when idle.
        var lean = Math.Clamp(2 * utilization - 1, -1, 1) * evidence.Weight(context.Now, context.ReportDecay);
        return cost * Math.Pow(2, lean);
    }

    /// <summary>The replica's own measure of how full it is, 0 to 1; half full where it did not say, or long ago.</summary>
    public static double Reported(Replica replica, in PickContext context)
    {
        ArgumentNullException.ThrowIfNull(replica);
        var evidence = replica.Vitals.Evidence;
        if (evidence?.Report is not { } report) return Unknown;
        var load = report.Utilization ?? (report.RequestsInFlight is { } n ? n / (n + 1) : Unknown);
        return Unknown + (load - Unknown) * evidence.Weight(context.Now, context.ReportDecay);
    }

    const double Unknown = 0.5;
}
