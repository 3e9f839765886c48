using SmartClients.Bench.Contests;
using SmartClients.Bench.Processes;
using SmartClients.Cli.Calling;
using SmartClients.Cli.Output;
using SmartClients.Cli.Shell;

namespace SmartClients.Cli.Benching;

/// <summary>One run of <c>smart bench</c>, from its settings to its exit code.</summary>
internal static class BenchRun
{
    public static async Task<int> RunAsync(BenchSettings settings, ChildProgram own, TimeProvider time, CancellationToken cancel)
    {
        var earlier = BenchOutput.Earlier(settings.Folder);
        var series = settings.Series.Select(one => one with { Done = earlier?.Rounds(one) ?? 0 }).ToList();
        var contest = new Contest(series, settings.Wirings, settings.Rounds, own, time);
        var running = contest.RunAsync(Keep, cancel);
        if (Terminal.ErrorIsLive) await LoadProgress.ShowAsync(running, contest.Total, () => contest.Due, time);
        var runs = await running;
        foreach (var run in runs.Where(run => run.Load.Errors > 0)) Tell(run);
        BenchOutput.Write(BenchReport.Of(series, runs, earlier), settings.Json);
        return ExitCode.Done;

        // After each day that all have played, so that an interruption loses no more than one.
        void Keep(IReadOnlyList<RunResult> soFar)
        {
            if (settings.Folder is { } folder) BenchOutput.Save(BenchReport.Of(series, soFar, earlier), folder);
        }
    }

    static void Tell(RunResult run)
    {
        var kinds = string.Join(", ", run.Load.ErrorKinds.OrderByDescending(kind => kind.Value).Select(kind => $"{Words.Whole(kind.Value)} {Messages.OneLine(kind.Key)}"));
        Messages.Note($"{run.Scenario}, round {Words.Whole(run.Round)}, {run.Wiring}: {kinds}");
    }
}
