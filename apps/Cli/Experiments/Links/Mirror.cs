using SmartClients.Naming;

namespace SmartClients.Cli.Experiments.Links;

/// <summary>An FTP server and the link it is behind.</summary>
/// <param name="endpoint">Where clients find it.</param>
/// <param name="server">The server.</param>
/// <param name="relay">The link, where it is a relay.</param>
internal sealed class Mirror(Endpoint endpoint, ServerProcess server, Relay? relay = null) : IAsyncDisposable
{
    public Endpoint Endpoint { get; } = endpoint;

    public async ValueTask DisposeAsync()
    {
        if (relay is not null) await relay.DisposeAsync();
        await server.DisposeAsync();
    }
}
