using SmartClients.Cli.Load;
using SmartClients.Naming;

namespace SmartClients.Cli.Demo;

/// <summary>The demo itself: servers, load and faults from beginning to end.</summary>
internal sealed class Performance(DemoSettings settings, Corpus corpus, Screen screen, TimeProvider time)
{
    const string Service = "files";
    const int MostInFlight = 4096;

    public async Task<DemoReport> RunAsync(CancellationToken cancel)
    {
        var replicas = Enumerable.Range(1, settings.Replicas).Select(i => new ReplicaProcess($"replica {i}", corpus.Directory, time)).ToList();
        try
        {
            screen.Event($"{corpus.Files.Count} files of {corpus.Directory}, {settings.Replicas} server processes, {settings.Rate:0} requests/s for {settings.Length.TotalSeconds:0.#} s");
            await Task.WhenAll(replicas.Select(replica => replica.StartAsync(0, cancel)));
            foreach (var replica in replicas) screen.Event($"{replica.Name} is process {replica.Id} at {replica.Endpoint.Address}");
            await Rehearsal.RunAsync(replicas.Select(r => r.Endpoint), corpus, time, cancel);
            return await LoadAsync(replicas, cancel);
        }
        finally
        {
            foreach (var replica in replicas) await replica.DisposeAsync();
        }
    }

    async Task<DemoReport> LoadAsync(List<ReplicaProcess> replicas, CancellationToken cancel)
    {
        await using var director = new Director(Service, new StaticNames(replicas.Select(r => r.Endpoint)), new DirectorOptions { Time = time });
        using var counts = new AttemptCounts(Service);
        var tally = new Tally();
        using var client = new FileClient(director, corpus, tally, time);
        await director.ReadyAsync(cancel);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        screen.Begin(settings, director, replicas, tally);
        var began = time.GetTimestamp();
        var faults = new FaultPlan(settings.Length, replicas, tally, screen, time).RunAsync(began, ending.Token);
        var watch = new StateWatch(director, replicas, screen, time).RunAsync(began, ending.Token);
        await new OpenLoop(time, settings.Rate, MostInFlight).RunAsync(settings.Requests, client.FetchAsync, cancel);
        var took = time.GetElapsedTime(began);
        await ending.CancelAsync();
        await Task.WhenAll(faults, watch);
        if (tally.FirstLoss is { } why) screen.Event($"the first loss: {Shell.Messages.OneLine(why)}");
        return DemoReport.Of(tally, counts, took);
    }
}
