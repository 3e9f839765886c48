using SmartClients.Benchmarks.Running;

namespace SmartClients.Benchmarks.Picks;

/// <summary>A pick and its completion (in flight up, in flight down), alone.</summary>
static class PicksExperiment
{
    const string Yardstick = "limit-p2c";

    static readonly int[] Sizes = [3, 10, 100, 1_000, 10_000];
    static readonly int[] Threads = [1, 2];

    public static async Task RunAsync(Arguments arguments)
    {
        var variants = arguments.Some("only", PickVariants.Table.Keys);
        var rounds = await Rounds.RunAsync(
            variants, arguments.Count("rounds", 5), variant => Child.AskAsync<Figures>("picks", "--variant", variant));
        var report = new Report("A pick and its completion", "picks",
            $"Nanoseconds for one, its ratio to `{Yardstick}` in the same round, bytes. Medians of {rounds.Results.Values.First().Count} rounds.");
        foreach (var threads in Threads)
            report.Table($"{threads} thread{(threads > 1 ? "s" : "")}", ["", .. Sizes.Select(s => $"{s:N0} endpoints")], variants.Select(v => (string[])
            [
                v, .. Sizes.Select(s => Case(s, threads)).Select(c =>
                    $"{Report.Number(rounds.Median(v, c, "ns"))} ns, {Report.Number(rounds.Ratio(v, Yardstick, c, "ns"), "0.00")}, {Report.Number(rounds.Median(v, c, "bytes"), "0")} B"),
            ]));
        report.Write("picks", arguments, rounds.Results);
    }

    public static Figures Measure(Arguments arguments)
    {
        var make = PickVariants.Table[arguments.Needed("variant")];
        var figures = new Figures();
        foreach (var size in Sizes)
        {
            var run = make(size);
            foreach (var threads in Threads)
            {
                var (nanoseconds, bytes) = Loop.Time(run, threads, milliseconds: 15);
                figures.Set(Case(size, threads), "ns", nanoseconds);
                figures.Set(Case(size, threads), "bytes", bytes);
            }
        }
        return figures;
    }

    static string Case(int endpoints, int threads) => $"{endpoints} endpoints, {threads} threads";
}
