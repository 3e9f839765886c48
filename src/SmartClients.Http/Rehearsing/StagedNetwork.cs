using System.Net.Sockets;

namespace SmartClients.Http.Rehearsing;

/// <summary>A network that is only played: the platform's handler connects to streams in memory, and one of those whom it asks fails, once.</summary>
internal sealed class StagedNetwork
{
    /// <summary>What becomes of the next connection; those after it are good.</summary>
    public Scene Next { get; set; }

    public SocketsHttpHandler NewHandler() => new()
    {
        ConnectCallback = async (_, _) =>
        {
            var scene = Next;
            Next = Scene.Good;
            // A real one comes on another thread.
            await Task.Yield();
            return scene == Scene.Refused ? throw new SocketException((int)SocketError.ConnectionRefused) : new StagedConnection(scene);
        },
        // Nobody is to hear of it: neither whoever measures this program nor whoever traces it.
        MeterFactory = new StagedMeters(),
        ActivityHeadersPropagator = null,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
    };
}
