using System.Text.Json;
using SmartClients.Bench.Load;
using SmartClients.Bench.Plays;
using SmartClients.Bench.Processes;
using SmartClients.Bench.Proxies;
using SmartClients.Bench.Replicas;
using SmartClients.Bench.Wirings;

namespace SmartClients.Bench.Contests;

/// <summary>Every wiring in every scenario, in rounds, one after the other: within a round all meet the same day and the same weather of the
/// machine. Each round begins with another wiring, so that no one always comes first.</summary>
internal sealed class Contest(IReadOnlyList<Series> series, IReadOnlyList<Wiring> wirings, int rounds, ChildProgram own, TimeProvider time)
{
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    long before;
    long began;
    volatile Play? running;

    /// <summary>About as many requests as there will be.</summary>
    public long Total { get; } = rounds * wirings.Count * series.Sum(one => Requests(one.Size));

    /// <summary>About as many as were due so far.</summary>
    public long Due => before + (running is { } play ? (long)(play.Size.PerSecond * Math.Min(play.Size.Seconds, time.GetElapsedTime(began).TotalSeconds)) : 0);

    /// <summary>Runs it.</summary>
    /// <param name="progress">Told of all results so far, whenever everybody has played a day.</param>
    /// <param name="cancel">Ends it, with all its processes.</param>
    public async Task<IReadOnlyList<RunResult>> RunAsync(Action<IReadOnlyList<RunResult>> progress, CancellationToken cancel)
    {
        var results = new List<RunResult>();
        var roundsPerMs = series.Any(one => one.Size.Work == WorkKind.Cpu) ? Labour.RoundsPerMs(time) : 1;
        for (var round = 0; round < rounds; round++)
            foreach (var one in series)
            {
                var number = one.Done + round + 1;
                var play = one.Round(number, cancel);
                await using var crew = new Crew(play, own, roundsPerMs, time);
                for (var i = 0; i < wirings.Count; i++)
                {
                    var wiring = wirings[(i + number - 1) % wirings.Count];
                    results.Add(new RunResult(play.Scenario.Name, number, wiring.Name, await OnceAsync(play, wiring, crew, cancel)));
                }
                progress(results);
            }
        return results;
    }

    async Task<LoadResult> OnceAsync(Play play, Wiring wiring, Crew crew, CancellationToken cancel)
    {
        await crew.BeginAsync(cancel);
        await using var proxy = wiring.Proxy?.Invoke(Settings(play, crew), time);
        IReadOnlyList<LoadTarget> targets = proxy is null
            ? [.. crew.Ports.Select((port, i) => new LoadTarget(port, play.Zones[i]))]
            : [new LoadTarget(await proxy.ListensAsync(cancel))];
        await using var load = new Child(wiring.Loader, $"The load for {wiring.Name}", time, "bench-load");
        load.Tell(JsonSerializer.Serialize(LoadPlan.Of(play, wiring.Client, targets), Wire.Default.LoadPlan));
        await load.SaysAsync(LoadProcess.Started, cancel);
        (began, running) = (time.GetTimestamp(), play);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var script = crew.PlayAsync(began, over.Token);
        try
        {
            return JsonSerializer.Deserialize(await load.LastAsync(cancel), Wire.Default.LoadResult)!;
        }
        finally
        {
            (before, running) = (before + Requests(play.Size), null);
            await over.CancelAsync();
            await script;
        }
    }

    static long Requests(Size size) => (long)(size.PerSecond * size.Seconds);

    static ProxySettings Settings(Play play, Crew crew)
    {
        var clients = play.Scenario.Clients;
        var limit = Math.Min(play.AttemptTimeoutMs ?? play.DeadlineMs ?? double.MaxValue, LongestWait.TotalMilliseconds);
        return new ProxySettings(crew.Ports, limit, clients.Retries, clients.Ejection);
    }
}
