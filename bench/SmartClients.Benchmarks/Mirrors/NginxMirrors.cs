using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks.Mirrors;

/// <summary>Three nginx on three addresses of the loopback interface, each with a limit for each connection.</summary>
sealed class NginxMirrors : MirrorSet
{
    readonly List<ServerProcess> running = [];

    public override string About => "three nginx, limited for each connection (`limit_rate`)";

    public override IReadOnlyList<Mirror> Start(MirrorFiles files, bool corrupt)
    {
        Stop();
        // As in the baselines: the middle one is the one with wrong bytes.
        return [.. Limits.Select((limit, i) => One(files, i, limit, corrupt && i == 1))];
    }

    /// <summary>One without a limit.</summary>
    public Mirror StartUnlimited(MirrorFiles files)
    {
        Stop();
        return One(files, 3, 0, bad: false);
    }

    Mirror One(MirrorFiles files, int number, double limit, bool bad)
    {
        // aria2 takes servers of one host name for one.
        var (host, port) = ($"127.0.0.{number + 2}", FreePort.Find());
        var server = NginxServer.StartAsync(files, host, port, limit, bad).GetAwaiter().GetResult();
        running.Add(server);
        return new Mirror($"http://{host}:{port}/big.bin", limit, server.Signal);
    }

    public override void Stop()
    {
        running.ForEach(server => server.Dispose());
        running.Clear();
    }
}
