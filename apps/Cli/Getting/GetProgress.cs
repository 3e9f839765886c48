using System.Globalization;
using SmartClients.Cli.Output;
using SmartClients.Transfer.Engine;
using Spectre.Console;

namespace SmartClients.Cli.Getting;

/// <summary>A bar for the file and one for each mirror's share of it, on a terminal.</summary>
internal static class GetProgress
{
    const int MostMirrors = 16;

    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static Task ShowAsync(Task running, string name, Download download, TimeProvider time) =>
        Terminal.Error.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new TransferSpeedColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask(Markup.Escape(name));
                bar.IsIndeterminate = true;
                var shares = new Dictionary<string, ProgressTask>();
                using var timer = new PeriodicTimer(Interval, time);
                while (!running.IsCompleted)
                {
                    var now = download.Progress;
                    if (now.Size is { } size)
                    {
                        (bar.IsIndeterminate, bar.MaxValue, bar.Value) = (false, Math.Max(1, size), now.Bytes);
                        foreach (var source in now.Sources.Where(source => source.Bytes > 0))
                        {
                            if (!shares.TryGetValue(source.Endpoint, out var share) && shares.Count < MostMirrors)
                                shares[source.Endpoint] = share = context.AddTask("  " + Markup.Escape(source.Endpoint), maxValue: Math.Max(1, size));
                            if (share is not null) share.Value = source.Bytes;
                        }
                    }
                    await timer.WaitForNextTickAsync();
                }
            });

    public static string Size(long bytes) => bytes switch
    {
        < 1 << 10 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1 << 20 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1 << 30 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1073741824.0:0.00} GiB"),
    };
}
