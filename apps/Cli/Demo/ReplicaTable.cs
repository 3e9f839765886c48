using System.Globalization;
using SmartClients.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SmartClients.Cli.Demo;

/// <summary>The replicas as they stand: their share since the last picture, what is in flight, latencies and state.</summary>
internal sealed class ReplicaTable(DemoSettings settings, Director director, IReadOnlyList<ReplicaProcess> replicas, Tally tally, TimeProvider time)
{
    readonly Dictionary<string, long> before = [];
    readonly long began = time.GetTimestamp();

    /// <param name="last">The picture that stays: shares of the whole time.</param>
    public IRenderable Paint(bool last)
    {
        var sheet = new Sheet("replica", "address", "share", "in flight", "p50 ms", "p99 ms", "state") { Words = ["address", "state"] };
        var members = director.Members.ToDictionary(m => m.Endpoint.Address);
        if (last) before.Clear();
        var fresh = replicas.ToDictionary(r => r.Name, r => Fresh(r.Endpoint.Address));
        double all = Math.Max(1, fresh.Values.Sum());
        foreach (var replica in replicas)
        {
            var (p50, p99) = tally.Of(replica.Endpoint.Address).Quantiles();
            var status = members.GetValueOrDefault(replica.Endpoint.Address);
            sheet.Add(
                replica.Name, replica.Endpoint.Address, Words.Percent(100 * fresh[replica.Name] / all), Words.Whole(status?.InFlight ?? 0),
                Words.Milliseconds(p50), Words.Milliseconds(p99),
                status is null ? "-" : Words.State(status));
        }
        return new Rows(sheet.Framed(), new Text(Totals(), new Style(decoration: Decoration.Bold)));
    }

    long Fresh(string address)
    {
        var now = tally.Of(address).Count;
        var fresh = now - before.GetValueOrDefault(address);
        before[address] = now;
        return fresh;
    }

    string Totals() => string.Create(CultureInfo.InvariantCulture,
        $"{Math.Min(time.GetElapsedTime(began).TotalSeconds, settings.Length.TotalSeconds):0.0} of {settings.Length.TotalSeconds:0.#} s  requests {tally.All.Count}  lost {tally.Lost}  corrupt {tally.Corrupt}  ")
        + $"p99 {Words.Milliseconds(tally.All.QuantileMs(0.99))} ms  longest {Words.Milliseconds(tally.All.LongestMs)} ms";
}
