using SmartClients.Cli.Shell;
using SmartClients.Naming;
using SmartClients.Picking;

namespace SmartClients.Cli.Experiments.Figure6;

/// <summary>The experiment itself: one case after the other, with fresh clients in each.</summary>
internal sealed class Measurement(Conditions conditions, IReadOnlyList<Endpoint> servers, ReadOnlyMemory<byte> content, TimeProvider time)
{
    volatile IReadOnlyList<Client> running = [];

    /// <summary>Bytes that the clients of the present case have so far.</summary>
    public long Received => running.Sum(client => client.Received);

    /// <summary>Retrieves the file once from each server, so that the first case measures no compiler, and no server that is broken.</summary>
    /// <exception cref="IOException">A server does not give the file.</exception>
    public async Task RehearseAsync(CancellationToken cancel)
    {
        foreach (var server in servers)
        {
            var client = new Client([server], Policies.Default, content, new Random(conditions.Seed), time);
            await client.RunAsync(1, cancel);
            if (client.FirstFailure is { } why) throw new IOException($"The server at {server.Address} does not give the file: {why}");
        }
    }

    /// <summary>Measures a case.</summary>
    public async Task<Point> RunAsync(Case one, CancellationToken cancel)
    {
        var group = servers.Take(one.Servers).ToList();
        var clients = Enumerable.Range(0, one.Clients)
            .Select(number => new Client(group, one.Policy, content, new Random(unchecked(conditions.Seed * 1009 + number)), time)).ToList();
        running = clients;
        var began = time.GetTimestamp();
        await Task.WhenAll(clients.Select(client => Task.Run(() => client.RunAsync(conditions.Retrievals, cancel), cancel)));
        var seconds = time.GetElapsedTime(began).TotalSeconds;
        running = [];
        if (clients.Select(client => client.FirstFailure).FirstOrDefault(why => why is not null) is { } failure)
            Messages.Note($"smart: {one.Series}, {one.Clients} clients: a retrieval failed: {Messages.OneLine(failure)}");
        return new Point(one.Policy, one.Servers, one.Clients)
        {
            MbPerS = Megabytes(clients.Sum(client => client.Received) / seconds),
            SumOfClientsMbPerS = Megabytes(clients.Sum(client => client.Received / client.Took.TotalSeconds)),
            Seconds = Math.Round(seconds, 3),
            LongestRetrievalS = Math.Round(clients.Max(client => client.Longest).TotalSeconds, 3),
            Retrievals = (long)one.Clients * conditions.Retrievals,
            Failed = clients.Sum(client => client.Failed),
            PerServer = [.. Enumerable.Range(0, one.Servers).Select(server => clients.Sum(client => client.PerServer[server]))],
        };
    }

    static double Megabytes(double bytes) => Math.Round(bytes / 1e6, 3);
}
