using System.Diagnostics;
using SmartClients.Benchmarks.Running;
using SmartClients.Benchmarks.Servers;
using SmartClients.Http;

namespace SmartClients.Benchmarks.Changes;

/// <summary>Replicas join and leave where a group is kept, under an even load. How long until the first request reaches a new one, and the
/// last one an old one, and does any request fail?</summary>
static class ChangesExperiment
{
    static readonly IReadOnlyDictionary<string, Func<Task<ChangingGroup>>> Groups = new Dictionary<string, Func<Task<ChangingGroup>>>
    {
        ["file"] = () => Task.FromResult<ChangingGroup>(new FileGroup()),
        ["http"] = WebGroup.StartAsync,
        ["dns"] = () => Task.FromResult<ChangingGroup>(new DnsGroup(services: false)),
        ["srv"] = () => Task.FromResult<ChangingGroup>(new DnsGroup(services: true)),
        ["etcd"] = EtcdGroup.StartAsync,
    };

    sealed record Result(string Source, int Requests, int Failed, double[] Joined, double[] Left);

    public static async Task RunAsync(Arguments arguments)
    {
        var sources = arguments.Some("only", Groups.Keys);
        var (rounds, rate) = (arguments.Count("rounds", 5), arguments.Number("rate", 200));
        var port = FreePort.Find();
        var replicas = new List<ServerProcess>();
        var results = new List<Result>();
        try
        {
            string[] addresses = [.. Enumerable.Range(1, 3).Select(i => $"127.0.0.{i}:{port}")];
            foreach (var address in addresses) replicas.Add(await ServerProcess.StartAsync("server", "--url", "http://" + address));
            foreach (var source in sources)
            {
                await using var group = await Groups[source]();
                results.Add(await MeasureAsync(source, group, addresses, rounds, rate));
                Console.Error.WriteLine(results[^1]);
            }
        }
        finally
        {
            replicas.ForEach(replica => replica.Dispose());
        }
        var report = new Report("From a change of the group to its first use", "changes",
            $"Two of three servers are members; {rounds} times one joins and then another leaves, under {rate:0} requests/s. Milliseconds from the "
            + "change where the group is kept to the first request that a new member answers, and to the last that an old one does; every option at its default.");
        report.Table("", ["", "joins: median", "longest", "leaves: median", "longest", "failed, of requests"], results.Select(r => (string[])
        [
            r.Source, Report.Number(Statistics.Median(r.Joined), "0"), Report.Number(r.Joined.Max(), "0"), Report.Number(Statistics.Median(r.Left), "0"), Report.Number(r.Left.Max(), "0"),
            $"{r.Failed}, of {r.Requests}",
        ]));
        report.Write("changes", arguments, results);
    }

    static async Task<Result> MeasureAsync(string source, ChangingGroup group, string[] addresses, int rounds, double rate)
    {
        await group.SetAsync(addresses[..2]);
        await using var director = new Director(source, group.Open());
        using var http = new HttpClient(new SmartHandler(director));
        await director.ReadyAsync();
        await using var load = new WatchedLoad(http, rate);
        var (joined, left) = (new double[rounds], new double[rounds]);
        for (var round = 0; round < rounds; round++)
        {
            // In turn, so that each joins and leaves: what is left of the last round's set, and one more; then that without its first.
            var (old, kept, added) = (addresses[round % 3], addresses[(round + 1) % 3], addresses[(round + 2) % 3]);
            await Task.Delay(TimeSpan.FromSeconds(2 + 0.37 * round));
            var start = Stopwatch.GetTimestamp();
            await group.SetAsync([old, kept, added]);
            joined[round] = await load.FirstAsync(added, start);
            await Task.Delay(TimeSpan.FromSeconds(2 + 0.37 * round));
            start = Stopwatch.GetTimestamp();
            await group.SetAsync([kept, added]);
            left[round] = await load.LastAsync(old, start);
        }
        return new Result(source, load.Requests, load.Failed, joined, left);
    }
}
