using SmartClients.Cli.Output;
using Spectre.Console;

namespace SmartClients.Cli.Calling;

/// <summary>A bar on the terminal while a load runs.</summary>
internal static class LoadProgress
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static Task ShowAsync(Task running, long count, Func<long> done, TimeProvider time) =>
        Terminal.Error.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("requests", maxValue: count);
                using var timer = new PeriodicTimer(Interval, time);
                while (!running.IsCompleted)
                {
                    bar.Value = done();
                    await timer.WaitForNextTickAsync();
                }
                bar.Value = done();
            });
}
