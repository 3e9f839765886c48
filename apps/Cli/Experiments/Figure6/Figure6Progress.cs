using SmartClients.Cli.Output;
using Spectre.Console;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>A bar on the terminal, by the time that each case takes at the least: bytes over one link take longer than over four.</summary>
internal sealed class Figure6Progress(Conditions conditions, IReadOnlyList<Case> cases, Measurement measurement)
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    volatile Case? present;
    double before;

    /// <summary>Tells what is measured now.</summary>
    public void Begin(Case one)
    {
        if (present is { } last) before += last.Least(conditions).TotalSeconds;
        present = one;
    }

    public Task ShowAsync(Task running, TimeProvider time) =>
        Terminal.Error.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("starting", maxValue: Math.Max(1e-9, cases.Sum(one => one.Least(conditions).TotalSeconds)));
                using var timer = new PeriodicTimer(Interval, time);
                while (!running.IsCompleted)
                {
                    if (present is { } now)
                    {
                        bar.Description = Markup.Escape($"{now.Series}, {now.Clients} client{(now.Clients == 1 ? "" : "s")}");
                        bar.Value = before + now.Least(conditions).TotalSeconds * Math.Min(1, (double)measurement.Received / now.Bytes(conditions));
                    }
                    await timer.WaitForNextTickAsync();
                }
            });
}
