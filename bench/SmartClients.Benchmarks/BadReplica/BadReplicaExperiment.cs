using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SmartClients.Benchmarks.Clients;
using SmartClients.Benchmarks.Failover;
using SmartClients.Benchmarks.Running;
using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks.BadReplica;

/// <summary>
/// One replica of three always answers 500; every option at its default. All wirings run at the same time in this process, each
/// with a load of its own.
/// </summary>
static class BadReplicaExperiment
{
    static readonly IReadOnlyDictionary<string, Action<IHttpClientBuilder>> Variants = new Dictionary<string, Action<IHttpClientBuilder>>
    {
        ["ours"] = Wirings.Ours,
        ["discovery"] = Wirings.Discovery,
        ["resilience+discovery"] = Wirings.Resilience,
        ["hedging+discovery"] = Wirings.Hedging,
    };

    public static async Task RunAsync(Arguments arguments)
    {
        var variants = arguments.Some("only", Variants.Keys);
        var kestrel = arguments.Has("kestrel");
        var (requests, rate) = (arguments.Count("requests", 1200), arguments.Number("rate", 20));
        List<ServerProcess> servers = [];
        try
        {
            if (kestrel)
                foreach (var status in new[] { "200", "500", "200" }) servers.Add(await ServerProcess.StartAsync("server", "--status", status));
            int[] ports = kestrel ? [.. servers.Select(s => s.Port)] : [9001, 9002, 9003];
            var results = await Task.WhenAll(variants.Select(variant => OneAsync(variant, ports, kestrel, rate, requests)));
            Write(arguments, results, kestrel, requests, rate);
        }
        finally
        {
            servers.ForEach(server => server.Dispose());
        }
    }

    static void Write(Arguments arguments, Result[] results, bool kestrel, int requests, double rate)
    {
        var report = new Report("One replica of three always answers 500", kestrel ? "bad-replica --kestrel" : "bad-replica",
            $"{requests:N0} GETs at {rate:0}/s, three replicas ({(kestrel ? "Kestrel, a process each" : "in this process, instant answers")}), all options at their "
            + "defaults, all wirings at the same time. `resilience+discovery` is the order of Microsoft's own template.");
        report.Table("", ["", "succeeded", "attempts", "share of the bad one", "same, last two thirds", "longest ms", "errors"], results.Select(r => (string[])
        [
            r.Variant, (r.Load.Requests - r.Load.Failed).ToString(CultureInfo.InvariantCulture), r.Attempts.ToString(CultureInfo.InvariantCulture),
            Share(r.ToBad, r.Attempts), Share(r.ToBadLate, r.AttemptsLate), Report.Number(r.Load.Longest, "0"),
            string.Join(", ", r.Load.Errors.Select(e => $"{e.Value} {e.Key}")),
        ]));
        report.Write(kestrel ? "bad-replica-kestrel" : "bad-replica", arguments, results);
    }

    static async Task<Result> OneAsync(string variant, int[] ports, bool kestrel, double rate, int requests)
    {
        CountingHandler? counted = null;
        var builder = Wirings.NewClient(ports, out var services);
        builder.ConfigurePrimaryHttpMessageHandler(() => counted = new CountingHandler(kestrel ? new SocketsHttpHandler() : new FakeReplicas(ports[1]), ports[1]));
        Variants[variant](builder);
        var client = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>().CreateClient(Wirings.Client);
        var address = new Uri("http://quotes/");
        var load = OpenLoop.RunAsync(new Caller(client, () => address), rate, requests / rate);
        await Task.Delay(TimeSpan.FromSeconds(requests / rate / 3));
        var early = counted!.Asked;
        var result = LoadResult.Of(await load);
        var all = counted.Asked;
        return new Result(variant, result, all.All, all.Bad, all.All - early.All, all.Bad - early.Bad);
    }

    static string Share(int part, int all) => $"{100.0 * part / Math.Max(1, all):0.0} %";

    sealed record Result(string Variant, LoadResult Load, int Attempts, int ToBad, int AttemptsLate, int ToBadLate);
}
