using SmartClients.Cli.Experiments.Links;
using SmartClients.Testing;

namespace SmartClients.Chat.Checker.Servers;

/// <summary>Several processes of <c>smart chat-server</c> that keep the same rooms, each reached by clients and by each peer through a
/// stretch of network of its own.</summary>
internal sealed class ChatCluster : IAsyncDisposable
{
    const int Patience = 30;

    readonly TemporaryFolder folder = new();
    readonly RunningProcess?[] processes;
    readonly int[] ports;
    readonly Stretch[,] between;
    readonly Stretch[] toClients;
    readonly Redis? redis;

    ChatCluster(int size, Redis? redis)
    {
        this.redis = redis;
        processes = new RunningProcess?[size];
        ports = [.. Enumerable.Range(0, size).Select(_ => FreePort.Find())];
        toClients = [.. ports.Select(port => new Stretch(port))];
        between = new Stretch[size, size];
        for (var from = 0; from < size; from++)
            for (var to = 0; to < size; to++) between[from, to] = new Stretch(ports[to]);
    }

    public int Size => processes.Length;

    /// <summary>The servers as clients reach them.</summary>
    public IReadOnlyList<string> Addresses => [.. toClients.Select(stretch => "127.0.0.1:" + stretch.Port)];

    public static async Task<ChatCluster> StartAsync(int size, bool withRedis, CancellationToken cancel)
    {
        var cluster = new ChatCluster(size, withRedis ? await Redis.StartAsync(cancel) : null);
        try
        {
            await Task.WhenAll(Enumerable.Range(0, size).Select(i => cluster.StartAsync(i, cancel)));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync(int i, CancellationToken cancel)
    {
        List<string> arguments = ["chat-server", "--listen", $"127.0.0.1:{ports[i]}"];
        if (redis is not null) arguments.AddRange(["--redis", redis.Address]);
        else
        {
            arguments.AddRange(["--data", Path.Combine(folder.Path, "server" + i)]);
            for (var peer = 0; peer < Size; peer++)
                if (peer != i) arguments.AddRange(["--peer", $"http://127.0.0.1:{between[i, peer].Port}"]);
        }
        for (var tries = 1; ; tries++)
        {
            var process = RunningProcess.Start(SmartProgram.Path, arguments);
            processes[i] = process;
            try
            {
                await process.LineAsync("listening on", cancel);
                return;
            }
            catch (InvalidOperationException) when (tries < Patience)
            {
                // The port is not free yet.
                await process.DisposeAsync();
            }
        }
    }

    /// <summary>Sends a server a signal by its name; one that is down hears none.</summary>
    public Task SignalAsync(int i, string signal, CancellationToken cancel) => processes[i]?.SignalAsync(signal, cancel) ?? Task.CompletedTask;

    /// <summary>Ends a server with a signal, and waits until it has gone.</summary>
    public async Task EndAsync(int i, string signal, CancellationToken cancel)
    {
        if (processes[i] is not { } process) return;
        await process.SignalAsync(signal, cancel);
        await process.ExitAsync(cancel);
        await process.DisposeAsync();
        processes[i] = null;
    }

    /// <summary>Cuts or heals the network between two servers, both ways.</summary>
    public void Between(int one, int other, bool cut)
    {
        foreach (var stretch in (Stretch[])[between[one, other], between[other, one]])
            if (cut) stretch.Cut();
            else stretch.Heal();
    }

    /// <summary>Cuts or heals the network between a server and all clients.</summary>
    public void ToClients(int i, bool cut)
    {
        if (cut) toClients[i].Cut();
        else toClients[i].Heal();
    }

    /// <summary>Ends the shared store without a word and starts it again; nothing where there is none.</summary>
    public Task RestartStoreAsync(CancellationToken cancel) => redis?.KillAndRestartAsync(cancel) ?? Task.CompletedTask;

    public bool HasSharedStore => redis is not null;

    /// <summary>What the servers said on standard error, for when something is wrong.</summary>
    public string Errors => string.Concat(processes.Select((process, i) => process is null ? "" : $"server {i}: {process.Errors}\n"));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
            if (process is not null) await process.DisposeAsync();
        foreach (var stretch in toClients.Concat(between.Cast<Stretch>())) await stretch.DisposeAsync();
        if (redis is not null) await redis.DisposeAsync();
        folder.Dispose();
    }
}
