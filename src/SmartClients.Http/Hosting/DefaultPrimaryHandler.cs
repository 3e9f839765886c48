using Microsoft.Extensions.Http;

namespace SmartClients.Http.Hosting;

/// <summary>The platform's own primary handler, with the time limit on connecting that it lacks.</summary>
internal static class DefaultPrimaryHandler
{
    public static void Prepare(HttpMessageHandlerBuilder builder)
    {
        if (builder.PrimaryHandler is SocketsHttpHandler sockets) PrimaryHandler.Prepare(sockets, TimeProvider.System);
    }
}
