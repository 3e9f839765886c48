using System.Diagnostics;
using SmartClients.Benchmarks.Clients;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Failover;

/// <summary>Requests at their times whatever becomes of the earlier ones; latency from the time at which one was due.</summary>
static class OpenLoop
{
    public const string Started = "started";

    public static async Task<LoadResult> MeasureAsync(Arguments arguments)
    {
        var ports = arguments.Needed("ports").Split(',').Select(int.Parse).ToArray();
        var variant = arguments.Needed("variant");
        // Behind a proxy the client is a plain one, to the proxy's port.
        var caller = ClientVariants.Table.TryGetValue(variant, out var make) ? make(ports) : ClientVariants.RoundRobin(ports);
        var (rate, seconds) = (arguments.Number("rate", 200), arguments.Number("seconds", 20));
        await RunAsync(caller, rate, seconds: 2);
        Console.Out.WriteLine(Started);
        return LoadResult.Of(await RunAsync(caller, rate, seconds), rate, seconds * FailoverExperiment.FaultAt);
    }

    public static async Task<IReadOnlyList<(double Milliseconds, string? Error)>> RunAsync(Caller caller, double rate, double seconds)
    {
        var requests = new Task<(double, string?)>[(int)(rate * seconds)];
        var start = Stopwatch.GetTimestamp();
        await Task.Factory.StartNew(() =>
        {
            for (var i = 0; i < requests.Length; i++)
            {
                var due = TimeSpan.FromSeconds(i / rate);
                while (Stopwatch.GetElapsedTime(start) is var now && now < due)
                    Thread.Sleep(Math.Max(1, (int)(due - now).TotalMilliseconds));
                requests[i] = Task.Run(() => OneAsync(caller, start, due));
            }
        }, TaskCreationOptions.LongRunning);
        return await Task.WhenAll(requests);
    }

    static async Task<(double, string?)> OneAsync(Caller caller, long start, TimeSpan due)
    {
        string? error = null;
        try
        {
            await caller.CallAsync();
        }
        catch (Exception failure)
        {
            error = failure.GetType().Name;
        }
        return ((Stopwatch.GetElapsedTime(start) - due).TotalMilliseconds, error);
    }
}
