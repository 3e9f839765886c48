using System.Diagnostics;
using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Handlers;

/// <summary>What a handler chain adds to a call, with the network taken away.</summary>
static class HandlerExperiment
{
    const string AtOnce = "answers at once";
    const string Later = "answers from another thread-pool item";

    public static async Task RunAsync(Arguments arguments)
    {
        var variants = arguments.Some("only", HandlerVariants.Table.Keys);
        var rounds = await Rounds.RunAsync(
            variants, arguments.Count("rounds", 5), variant => Child.AskAsync<Figures>("handler", "--variant", variant));
        var report = new Report("The handler chain over a stub", "handler",
            "Nanoseconds and bytes of one call in all, and above the stub. One request and its response are made and disposed each time.");
        foreach (var @case in rounds.Cases)
            report.Table(@case, ["", "ns", "bytes", "ns above the stub", "bytes above the stub"], variants.Select(v => (string[])
            [
                v,
                Report.Number(rounds.Median(v, @case, "ns"), "0"), Report.Number(rounds.Median(v, @case, "bytes"), "0"),
                Report.Number(rounds.Above(v, "stub", @case, "ns"), "0"), Report.Number(rounds.Above(v, "stub", @case, "bytes"), "0"),
            ]));
        report.Write("handler", arguments, rounds.Results);
    }

    public static async Task<Figures> MeasureAsync(Arguments arguments)
    {
        var make = HandlerVariants.Table[arguments.Needed("variant")];
        var figures = new Figures();
        foreach (var (name, later) in new[] { (AtOnce, false), (Later, true) })
        {
            using var invoker = make(new StubHandler(later));
            var address = new Uri("http://quotes/");
            for (var warm = 0; warm < 8; warm++)
            {
                await SliceAsync(invoker, address, TimeSpan.FromMilliseconds(100));
                await Task.Delay(150);
            }
            var slices = new List<(double Nanoseconds, double Bytes)>();
            for (var slice = 0; slice < 20; slice++) slices.Add(await SliceAsync(invoker, address, TimeSpan.FromMilliseconds(25)));
            // The best slice, as in the other loops: other programs only ever add time.
            figures.Set(name, "ns", slices.Min(s => s.Nanoseconds));
            figures.Set(name, "bytes", Statistics.Median(slices.Select(s => s.Bytes)));
        }
        return figures;
    }

    static async Task<(double Nanoseconds, double Bytes)> SliceAsync(HttpMessageInvoker invoker, Uri address, TimeSpan length)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        var count = 0;
        do
        {
            for (var i = 0; i < 200; i++, count++)
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, address);
                using var response = await invoker.SendAsync(request, CancellationToken.None);
            }
        }
        while (Stopwatch.GetElapsedTime(start) < length);
        var took = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
        return (took / count, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)count);
    }
}
