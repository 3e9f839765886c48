using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace SmartClients.Chat.Server.Serving;

/// <summary>What a connection may do.</summary>
internal static class Limits
{
    public static void OnConnections(KestrelServerOptions server)
    {
        server.AddServerHeader = false;
        server.ConfigureEndpointDefaults(LostConnection.Expect);
        server.Limits.MaxRequestBodySize = 2 << 20;
        server.Limits.MaxRequestHeadersTotalSize = 16 << 10;
        server.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // The time limit on bodies is Body's, which answers; the server's own rate would cut the connection without a word.
        server.Limits.MinRequestBodyDataRate = null;
    }
}
