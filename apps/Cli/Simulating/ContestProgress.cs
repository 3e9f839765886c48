using SmartClients.Cli.Calling;
using SmartClients.Cli.Output;

namespace SmartClients.Cli.Simulating;

/// <summary>A bar on the terminal while a contest runs.</summary>
internal static class ContestProgress
{
    public static async Task<IReadOnlyList<ScenarioScores>> ShowAsync(Contest contest, TimeProvider time, CancellationToken cancel)
    {
        var running = Task.Run(() => contest.RunAsync(cancel), cancel);
        if (Terminal.ErrorIsLive) await LoadProgress.ShowAsync(running, contest.Total, () => contest.Ended, time);
        return await running;
    }
}
