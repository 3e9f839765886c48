using System.Collections.Concurrent;
using SmartClients.Http.Rehearsing;

namespace SmartClients.Chat.Rehearsing;

/// <summary>Chat servers that are only played, a port each: the platform's handler connects to streams in memory.</summary>
internal sealed class Stage
{
    readonly ConcurrentDictionary<int, StagedServer> servers = new();

    public SocketsHttpHandler NewHandler() => new()
    {
        ConnectCallback = async (context, _) =>
        {
            // A real one comes on another thread.
            await Task.Yield();
            return Of(context.DnsEndPoint.Port).Connect();
        },
        // Nobody is to hear of it: neither whoever measures this program nor whoever traces it.
        MeterFactory = StagedMeters.Instance,
        ActivityHeadersPropagator = null,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
    };

    /// <summary>A server dies: who is connected to it hears of that as from the platform's sockets, and who comes does not get in.</summary>
    public async Task KillAsync(int port) => Of(port).Die(await StagedNetwork.FailureAsync().ConfigureAwait(false));

    StagedServer Of(int port) => servers.GetOrAdd(port, static _ => new StagedServer());
}
