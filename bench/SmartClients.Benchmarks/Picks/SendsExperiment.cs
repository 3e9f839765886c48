using SmartClients.Benchmarks.Running;
using SmartClients.Naming;

namespace SmartClients.Benchmarks.Picks;

/// <summary>A whole <see cref="Director.SendAsync{TResult}"/>: budgets, pick, attempt, clock, learning. The action returns at once.</summary>
static class SendsExperiment
{
    static readonly int[] Sizes = [3, 10, 1_000];

    static readonly IReadOnlyDictionary<string, Func<int, Action<int>>> Variants = new Dictionary<string, Func<int, Action<int>>>
    {
        ["ours"] = n => Send(n, new DirectorOptions(), RequestOptions.Default),
        ["ours-hedged"] = n => Send(n, new DirectorOptions(), RequestOptions.Hedged),
        ["ours-p2c"] = n => Send(n, new DirectorOptions { Policy = "p2c" }, RequestOptions.Default),
        ["two-clock-readings"] = _ => count =>
        {
            long sum = 0;
            for (var i = 0; i < count * 2; i++) sum += TimeProvider.System.GetTimestamp();
            GC.KeepAlive(sum);
        },
    };

    public static async Task RunAsync(Arguments arguments)
    {
        var variants = arguments.Some("only", Variants.Keys);
        var rounds = await Rounds.RunAsync(
            variants, arguments.Count("rounds", 5), variant => Child.AskAsync<Figures>("sends", "--variant", variant));
        var report = new Report("A whole SendAsync over an action that returns at once", "sends",
            "Nanoseconds and bytes for one; `two-clock-readings` is the part of it that no implementation with latencies can save.");
        foreach (var threads in new[] { 1, 2 })
            report.Table($"{threads} thread{(threads > 1 ? "s" : "")}", ["", .. Sizes.Select(s => $"{s:N0} endpoints")], variants.Select(v => (string[])
            [
                v, .. Sizes.Select(s => Case(s, threads)).Select(c =>
                    $"{Report.Number(rounds.Median(v, c, "ns"), "0")} ns, {Report.Number(rounds.Median(v, c, "bytes"), "0")} B"),
            ]));
        report.Write("sends", arguments, rounds.Results);
    }

    public static Figures Measure(Arguments arguments)
    {
        var make = Variants[arguments.Needed("variant")];
        var figures = new Figures();
        foreach (var size in Sizes)
            foreach (var threads in new[] { 1, 2 })
            {
                var (nanoseconds, bytes) = Loop.Time(make(size), threads);
                figures.Set(Case(size, threads), "ns", nanoseconds);
                figures.Set(Case(size, threads), "bytes", bytes);
            }
        return figures;
    }

    static Action<int> Send(int endpoints, DirectorOptions options, RequestOptions request)
    {
        var director = new Director("bench", new StaticNames(Enumerable.Range(0, endpoints).Select(i => new Endpoint($"10.0.{i / 250}.{i % 250}", 80))), options);
        // Two threads that both make the first request would have one wait for the other's look at the members.
        director.ReadyAsync().AsTask().GetAwaiter().GetResult();
        return count =>
        {
            for (var i = 0; i < count; i++)
            {
                var sent = director.SendAsync<int>(static (_, _) => new ValueTask<int>(1), request);
                if (!sent.IsCompletedSuccessfully) throw new InvalidOperationException("It did not complete at once.");
                sent.GetAwaiter().GetResult();
            }
        };
    }

    static string Case(int endpoints, int threads) => $"{endpoints} endpoints, {threads} threads";
}
