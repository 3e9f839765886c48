using System.Text.Json;
using SmartClients.Bench.Load;
using SmartClients.Bench.Plays;
using SmartClients.Bench.Processes;
using SmartClients.Bench.Proxies;
using SmartClients.Bench.Replicas;
using SmartClients.Bench.Wirings;

namespace SmartClients.Bench.Contests;

/// <summary>Every wiring in every play, in rounds, one after the other: within a round all meet the same weather of the machine. Each round
/// begins with another wiring, so that no one always comes first.</summary>
internal sealed class Contest(IReadOnlyList<Play> plays, IReadOnlyList<Wiring> wirings, int rounds, ChildProgram own, TimeProvider time)
{
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    long before;
    long began;
    Play? running;

    /// <summary>Requests of all runs.</summary>
    public long Total { get; } = rounds * wirings.Count * plays.Sum(play => (long)play.Requests.Count);

    /// <summary>Requests that were due so far, of all runs.</summary>
    public long Due => before + (running is { } play ? (long)Math.Min(play.Requests.Count, time.GetElapsedTime(began).TotalSeconds * play.Size.PerSecond) : 0);

    /// <summary>Runs it.</summary>
    /// <param name="each">Told of each run's result.</param>
    /// <param name="cancel">Ends it, with all its processes.</param>
    public async Task<IReadOnlyList<RunResult>> RunAsync(Action<RunResult> each, CancellationToken cancel)
    {
        var results = new List<RunResult>();
        var roundsPerMs = plays.Any(play => play.ProcessorShare > 0) ? Labour.RoundsPerMs(time) : 1;
        for (var round = 1; round <= rounds; round++)
            foreach (var play in plays)
            {
                await using var crew = new Crew(play, own, roundsPerMs, time);
                for (var i = 0; i < wirings.Count; i++)
                {
                    var wiring = wirings[(i + round - 1) % wirings.Count];
                    var result = new RunResult(play.Scenario.Name, round, wiring.Name, await OnceAsync(play, wiring, crew, cancel));
                    results.Add(result);
                    each(result);
                }
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
            (before, running) = (before + play.Requests.Count, null);
            await over.CancelAsync();
            await script;
        }
    }

    static ProxySettings Settings(Play play, Crew crew)
    {
        var clients = play.Scenario.Clients;
        return new ProxySettings(crew.Ports, Math.Min(play.AttemptTimeoutMs ?? play.DeadlineMs ?? double.MaxValue, LongestWait.TotalMilliseconds), clients.Retries, clients.Ejection);
    }
}
