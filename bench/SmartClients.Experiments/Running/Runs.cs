using SmartClients.Simulation;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Experiments.Running;

/// <summary>Runs of one scenario and one contender with several seeds, some at a time.</summary>
static class Runs
{
    public static IReadOnlyList<Score> Of(Scenario scenario, Contender contender, Settings settings) => Of([(scenario, contender)], settings)[0];

    /// <summary>Each pair with each seed.</summary>
    public static IReadOnlyList<Score>[] Of(IReadOnlyList<(Scenario Scenario, Contender Contender)> pairs, Settings settings)
    {
        var seeds = settings.EachSeed.ToList();
        var scores = new Score[pairs.Count * seeds.Count];
        Parallel.For(0, scores.Length, new ParallelOptions { MaxDegreeOfParallelism = settings.AtOnce }, at =>
        {
            var (scenario, contender) = pairs[at / seeds.Count];
            scores[at] = Arena.Run(scenario, contender, seeds[at % seeds.Count]);
        });
        return [.. scores.Chunk(seeds.Count)];
    }

    public static double Mean(this IEnumerable<Score> scores, Func<Score, double> figure) => scores.Average(figure);
}
