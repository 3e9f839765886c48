using System.Net;
using System.Net.Sockets;
using SmartClients.Cli.Experiments.Links;
using SmartClients.Naming;

namespace SmartClients.Cli.Experiments.Figure8.Servers;

/// <summary>Chat servers that keep the same rooms. Where they are to be cut off from each other, each reaches each other one over a stretch of network of
/// its own; that is in this process, and would be in the way of clients when a server ends.</summary>
internal sealed class ChatGroup : IAsyncDisposable
{
    readonly List<ChatProcess> servers = [];
    readonly Stretch[,]? between;

    ChatGroup(int size, bool apart, TimeProvider time)
    {
        if (!apart)
        {
            var ports = FreePorts(size);
            servers.AddRange(ports.Select(port => new ChatProcess(port, ports.Where(other => other != port), time)));
            return;
        }
        between = new Stretch[size, size];
        for (var from = 0; from < size; from++)
            for (var to = 0; to < size; to++) between[from, to] = new Stretch();
        for (var from = 0; from < size; from++)
            servers.Add(new ChatProcess(0, Others(from).Select(to => between[from, to].Port), time));
    }

    public int Size => servers.Count;

    /// <summary>The servers as clients reach them.</summary>
    public IReadOnlyList<Endpoint> Endpoints => [.. servers.Select(server => new Endpoint("127.0.0.1", server.Port))];

    public ChatProcess this[int number] => servers[number];

    /// <summary>All of them, ready.</summary>
    /// <param name="size">So many.</param>
    /// <param name="apart">Whether they will be cut off from each other.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">The caller gives up.</param>
    /// <exception cref="IOException">One did not start.</exception>
    public static async Task<ChatGroup> StartAsync(int size, bool apart, TimeProvider time, CancellationToken cancel)
    {
        var group = new ChatGroup(size, apart, time);
        try
        {
            await Task.WhenAll(group.servers.Select(server => server.StartAsync(cancel)));
            if (group.between is { } stretches)
                foreach (var from in Enumerable.Range(0, size))
                    foreach (var to in group.Others(from)) stretches[from, to].LeadTo(group[to].Port);
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

    IEnumerable<Stretch> Around(int number) => Others(number).SelectMany(other => (Stretch[])[between![number, other], between[other, number]]);

    IEnumerable<int> Others(int number) => Enumerable.Range(0, between!.GetLength(0)).Where(other => other != number);

    // Held all together until all are known, so that none is given twice.
    static List<int> FreePorts(int count)
    {
        var held = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        foreach (var one in held) one.Start();
        List<int> ports = [.. held.Select(one => ((IPEndPoint)one.LocalEndpoint).Port)];
        foreach (var one in held) one.Dispose();
        return ports;
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(servers.Select(server => server.DisposeAsync().AsTask()));
        if (between is not null) await Task.WhenAll(between.Cast<Stretch>().Select(stretch => stretch.DisposeAsync().AsTask()));
    }
}
