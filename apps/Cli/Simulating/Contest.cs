using SmartClients.Simulation;
using SmartClients.Simulation.Scoring;

namespace SmartClients.Cli.Simulating;

/// <summary>Every contender in every scenario, some runs at a time. What runs beside what changes no score.</summary>
internal sealed class Contest(IReadOnlyList<Scenario> scenarios, IReadOnlyList<Contender> contenders, long seed, int atOnce)
{
    long ended;

    public long Total { get; } = scenarios.Sum(s => s.Requests) * contenders.Count;

    /// <summary>Requests that have ended, of all runs.</summary>
    public long Ended => Volatile.Read(ref ended);

    public async Task<IReadOnlyList<ScenarioScores>> RunAsync(CancellationToken cancel)
    {
        var scores = new Score[scenarios.Count, contenders.Count];
        var runs = from s in Enumerable.Range(0, scenarios.Count) from c in Enumerable.Range(0, contenders.Count) select (s, c);
        await Parallel.ForEachAsync(runs, new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancel }, (run, token) =>
        {
            scores[run.s, run.c] = Arena.Run(scenarios[run.s], contenders[run.c], seed, new Counted(this), token);
            return ValueTask.CompletedTask;
        });
        return [.. scenarios.Select((scenario, s) => new ScenarioScores(scenario, seed, [.. contenders.Select((_, c) => scores[s, c])]))];
    }

    sealed class Counted(Contest contest) : IProgress<long>
    {
        long before;

        public void Report(long value)
        {
            Interlocked.Add(ref contest.ended, value - before);
            before = value;
        }
    }
}
