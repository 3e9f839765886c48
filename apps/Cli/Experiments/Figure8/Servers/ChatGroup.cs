using SmartClients.Cli.Experiments.Links;
using SmartClients.Naming;

namespace SmartClients.Cli.Experiments.Figure8.Servers;

/// <summary>Chat servers that keep the same rooms; each reaches each other one over a stretch of network of its own.</summary>
internal sealed class ChatGroup : IAsyncDisposable
{
    readonly List<ChatProcess> servers = [];
    readonly Stretch[,] between;

    ChatGroup(int size, TimeProvider time)
    {
        between = new Stretch[size, size];
        for (var from = 0; from < size; from++)
            for (var to = 0; to < size; to++) between[from, to] = new Stretch();
        for (var from = 0; from < size; from++)
            servers.Add(new ChatProcess(Others(from).Select(to => between[from, to].Port), time));
    }

    public int Size => servers.Count;

    /// <summary>The servers as clients reach them.</summary>
    public IReadOnlyList<Endpoint> Endpoints => [.. servers.Select(server => new Endpoint("127.0.0.1", server.Port))];

    public ChatProcess this[int number] => servers[number];

    /// <summary>All of them, ready.</summary>
    /// <exception cref="IOException">One did not start.</exception>
    public static async Task<ChatGroup> StartAsync(int size, TimeProvider time, CancellationToken cancel)
    {
        var group = new ChatGroup(size, time);
        try
        {
            await Task.WhenAll(group.servers.Select(server => server.StartAsync(cancel)));
            foreach (var from in Enumerable.Range(0, size))
                foreach (var to in group.Others(from)) group.between[from, to].LeadTo(group[to].Port);
            return group;
        }
        catch
        {
            await group.DisposeAsync();
            throw;
        }
    }

    public int NumberOf(Endpoint endpoint) => Endpoints.ToList().IndexOf(endpoint);

    /// <summary>Cuts the network between a server and its peers, both ways; clients reach it as before.</summary>
    public void Part(int number)
    {
        foreach (var stretch in Around(number)) stretch.Cut();
    }

    /// <summary>Heals it.</summary>
    public void Join(int number)
    {
        foreach (var stretch in Around(number)) stretch.Heal();
    }

    IEnumerable<Stretch> Around(int number) => Others(number).SelectMany(other => (Stretch[])[between[number, other], between[other, number]]);

    IEnumerable<int> Others(int number) => Enumerable.Range(0, between.GetLength(0)).Where(other => other != number);

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        await Task.WhenAll(between.Cast<Stretch>().Select(stretch => stretch.DisposeAsync().AsTask()));
    }
}
