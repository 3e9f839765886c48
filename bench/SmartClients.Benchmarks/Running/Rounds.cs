namespace SmartClients.Benchmarks.Running;

/// <summary>
/// Rounds of A B C, A B C: each variant meets the same weather of the machine as the others, so that the ratio within a round
/// says more than any absolute time. Medians over the rounds.
/// </summary>
sealed class Rounds(IReadOnlyList<string> variants)
{
    public Dictionary<string, List<Figures>> Results { get; } = variants.ToDictionary(v => v, _ => new List<Figures>());

    public IReadOnlyList<string> Variants => variants;

    public IEnumerable<string> Cases => Results.Values.SelectMany(all => all).SelectMany(figures => figures.Keys).Distinct();

    public static async Task<Rounds> RunAsync(IReadOnlyList<string> variants, int rounds, Func<string, Task<Figures>> measure)
    {
        var all = new Rounds(variants);
        for (var round = 1; round <= rounds; round++)
            foreach (var variant in variants)
            {
                Console.Error.WriteLine($"round {round} of {rounds}: {variant}");
                all.Results[variant].Add(await measure(variant));
            }
        return all;
    }

    /// <summary>The median over the rounds.</summary>
    public double Median(string variant, string @case, string figure) => Statistics.Median(Values(variant, @case, figure));

    /// <summary>The median over the rounds of the ratio to another variant in the same round.</summary>
    public double Ratio(string variant, string yardstick, string @case, string figure) => Statistics.Median(
        Values(variant, @case, figure).Zip(Values(yardstick, @case, figure), (a, b) => a / b));

    /// <summary>The median over the rounds of the difference to another variant in the same round.</summary>
    public double Above(string variant, string yardstick, string @case, string figure) => Statistics.Median(
        Values(variant, @case, figure).Zip(Values(yardstick, @case, figure), (a, b) => a - b));

    IEnumerable<double> Values(string variant, string @case, string figure) =>
        Results.TryGetValue(variant, out var rounds)
            ? rounds.Select(figures => figures.TryGetValue(@case, out var all) && all.TryGetValue(figure, out var value) ? value : double.NaN)
            : [double.NaN];
}
