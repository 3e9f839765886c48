using SmartClients.Simulation.Scoring;

namespace SmartClients.Plots;

/// <summary>What a scenario's runs look like: latency over time, each replica's share, the distribution of latencies.</summary>
public static class RunPlots
{
    const int CurvePoints = 400;

    /// <summary>Draws all of them into a folder, which is made if it is not there.</summary>
    /// <param name="scenario">The scenario's name: the files' names begin with it.</param>
    /// <param name="scores">One for each policy.</param>
    /// <param name="folder">Where to.</param>
    /// <returns>The files.</returns>
    public static IReadOnlyList<string> Draw(string scenario, IReadOnlyList<Score> scores, string folder)
    {
        ArgumentNullException.ThrowIfNull(scores);
        Directory.CreateDirectory(folder);
        return [.. OverTime(scenario, scores).Save(folder, scenario + "-time"), .. Shares(scenario, scores).Save(folder, scenario + "-shares"),
            .. Distribution(scenario, scores).Save(folder, scenario + "-cdf")];
    }

    static Picture OverTime(string scenario, IReadOnlyList<Score> scores)
    {
        var picture = new Picture(scenario + ": 99th percentile over time", "seconds", "milliseconds");
        picture.LogarithmicUp();
        foreach (var score in scores)
        {
            var seen = score.Timeline.Where(moment => moment.Requests > 0).ToList();
            picture.Line(score.Policy, [.. seen.Select(m => m.Seconds)], [.. seen.Select(m => Math.Log10(Math.Max(1e-3, m.P99Ms)))]);
        }
        return picture;
    }

    // Sorted, so that unfairness is a slope whatever the replicas' numbers.
    static Picture Shares(string scenario, IReadOnlyList<Score> scores)
    {
        var picture = new Picture(scenario + ": share of the attempts per replica", "replicas, the busiest first", "parts of an even share");
        foreach (var score in scores)
            picture.Line(
                score.Policy, [.. Enumerable.Range(1, score.Shares.Count).Select(i => (double)i)],
                [.. score.Shares.OrderDescending().Select(share => share * score.Shares.Count)]);
        return picture;
    }

    // Up the page the share that took longer, so that the tail, which is what matters, has room.
    static Picture Distribution(string scenario, IReadOnlyList<Score> scores)
    {
        var picture = new Picture(scenario + ": distribution of latencies", "milliseconds", "share of requests that took longer");
        picture.LogarithmicUp();
        picture.LogarithmicAcross();
        foreach (var score in scores)
        {
            var decades = Math.Log10(Math.Max(10, score.Requests));
            var beyond = Enumerable.Range(0, CurvePoints).Select(i => -decades * i / CurvePoints).ToList();
            picture.Line(score.Policy, [.. beyond.Select(b => Math.Log10(Math.Max(1e-3, score.Percentile(1 - Math.Pow(10, b)))))], beyond);
        }
        picture.Plot.Legend.Alignment = ScottPlot.Alignment.LowerLeft;
        return picture;
    }
}
