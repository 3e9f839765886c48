using SmartClients.Cli.Load;
using SmartClients.Naming;

namespace SmartClients.Cli.Demo;

/// <summary>
/// Walks through every kind of failure before the clock starts, with a director of its own among servers that fail in each way. The
/// first exception of a process costs tens of milliseconds, as does every path of code when it first runs: that is a cost of
/// starting, not of failing over.
/// </summary>
internal static class Rehearsal
{
    const int Requests = 1500;
    const int AtOnce = 8;

    public static async Task RunAsync(IEnumerable<Endpoint> replicas, Corpus corpus, TimeProvider time, CancellationToken cancel)
    {
        var bad = Enum.GetValues<BadServer.Way>().Select(way => new BadServer(way)).ToList();
        try
        {
            await using var director = new Director("rehearsal", new StaticNames(replicas.Concat(bad.Select(b => b.Endpoint))), new DirectorOptions { Time = time });
            using var client = new FileClient(director, corpus, new Tally(), time);
            await new OpenLoop(time, double.PositiveInfinity, AtOnce).RunAsync(Requests, client.FetchAsync, cancel);
        }
        finally
        {
            bad.ForEach(server => server.Dispose());
        }
        cancel.ThrowIfCancellationRequested();
    }
}
