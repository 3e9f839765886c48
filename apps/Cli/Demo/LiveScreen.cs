using SmartClients.Cli.Output;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace SmartClients.Cli.Demo;

/// <summary>A table on the terminal that follows the replicas, with what happened under it.</summary>
internal sealed class LiveScreen(TimeProvider time) : Screen
{
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    readonly List<string> events = [];
    readonly CancellationTokenSource stop = new();
    Task? painting;

    public override void Event(string text)
    {
        lock (events)
        {
            // Before the table there are plain lines.
            if (painting is null) Console.Out.WriteLine(text);
            else events.Add(text);
        }
    }

    public override void Begin(DemoSettings settings, Director director, IReadOnlyList<ReplicaProcess> replicas, Tally tally)
    {
        var view = new ReplicaTable(settings, director, replicas, tally, time);
        lock (events) painting = PaintAsync(view);
    }

    async Task PaintAsync(ReplicaTable view)
    {
        await Task.Yield();
        await Terminal.Output.Live(Picture(view, last: false)).StartAsync(async context =>
        {
            using var timer = new PeriodicTimer(Interval, time);
            try
            {
                while (await timer.WaitForNextTickAsync(stop.Token)) context.UpdateTarget(Picture(view, last: false));
            }
            catch (OperationCanceledException)
            {
                context.UpdateTarget(Picture(view, last: true));
            }
        });
    }

    Rows Picture(ReplicaTable view, bool last)
    {
        lock (events) return new Rows([view.Paint(last), .. events.Select(line => (IRenderable)new Text(line))]);
    }

    public override async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        if (painting is not null) await painting;
        stop.Dispose();
    }
}
