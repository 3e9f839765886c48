using System.Globalization;
using SmartClients.Bench.Load;
using SmartClients.Http;
using SmartClients.Naming;

namespace SmartClients.Bench.Wirings;

/// <summary>Clients of this library, and plain ones for a proxy.</summary>
public static class OwnClients
{
    /// <summary>The wiring of a plain client to one address.</summary>
    public const string Plain = "plain";

    /// <summary>Makes one.</summary>
    public static HttpClient Connect(LoadPlan plan, int index)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return plan.Wiring == Plain ? New(new SocketsHttpHandler(), $"127.0.0.1:{plan.Targets[0].Port.ToString(CultureInfo.InvariantCulture)}") : Directed(plan, index);
    }

    // What clients may do is the scenario's to say, as it is in the simulator.
    static HttpClient Directed(LoadPlan plan, int index)
    {
        var (usual, limit) = (new DirectorOptions(), Limit(plan.DeadlineMs));
        var options = usual with
        {
            Policy = plan.Wiring,
            Zone = plan.Zones.Count > 0 ? plan.Zones[index % plan.Zones.Count] : null,
            Timeout = limit,
            AttemptTimeout = plan.AttemptTimeoutMs is { } ms ? Limit(ms) : limit,
            MaxAttempts = plan.Retries || plan.Hedging ? usual.MaxAttempts : 1,
            Hedge = plan.Hedging,
            FailuresToEject = plan.Ejection ? usual.FailuresToEject : int.MaxValue,
            SuccessRateToEject = plan.Ejection ? usual.SuccessRateToEject : 0,
        };
        var replicas = new StaticNames(plan.Targets.Select(target => new Endpoint("127.0.0.1", target.Port) { Zone = target.Zone }));
        return New(new SmartHandler(new Director("bench", replicas, options)), "bench");
    }

    static HttpClient New(HttpMessageHandler handler, string authority) =>
        new(handler) { BaseAddress = new Uri($"http://{authority}/"), Timeout = Timeout.InfiniteTimeSpan };

    static TimeSpan Limit(double? ms) => ms is { } value ? TimeSpan.FromMilliseconds(value) : Timeout.InfiniteTimeSpan;
}
