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
            return scene == Scene.Refused ? throw await FailureAsync().ConfigureAwait(false) : new StagedConnection(scene);
        },
        // Nobody is to hear of it: neither whoever measures this program nor whoever traces it.
        MeterFactory = StagedMeters.Instance,
        ActivityHeadersPropagator = null,
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
    };

    /// <summary>How a socket of the platform fails, and what it looks up for it: a socket that was never connected does, and nothing is sent.</summary>
    public static async Task<SocketException> FailureAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ReceiveAsync(new byte[1]).ConfigureAwait(false);
        }
        catch (SocketException failure)
        {
            return failure;
        }
        return new SocketException((int)SocketError.NotConnected);
    }
}
