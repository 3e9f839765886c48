using SmartClients.Bench.Plays;
using SmartClients.Simulation;

namespace SmartClients.Bench.Contests;

/// <summary>A scenario that is played several times, each time another day of it.</summary>
/// <param name="Scenario">What is played.</param>
/// <param name="Size">In which size.</param>
/// <param name="Seed">Of the first round; each further one has the next.</param>
/// <param name="Done">Rounds of an earlier contest, which this one goes on with.</param>
internal sealed record Series(Scenario Scenario, Size Size, long Seed, int Done = 0)
{
    /// <summary>A round, from 1.</summary>
    /// <exception cref="FormatException">It cannot be played on one machine.</exception>
    public Play Round(int number, CancellationToken cancel = default) => new(Scenario, Size, Seed + number - 1, cancel);
}
