using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace SmartClients.Http.Hosting;

/// <summary>The platform's own primary handler, with the time limit on connecting that it lacks, and with the rules of addresses.</summary>
internal static class DefaultPrimaryHandler
{
    public static void Prepare(HttpMessageHandlerBuilder builder)
    {
        var (services, client) = (builder.Services, builder.Name!);
        // Asked when something connects: a reload may have given the client another name.
        if (builder.PrimaryHandler is SocketsHttpHandler sockets)
            PrimaryHandler.Prepare(sockets, TimeProvider.System, () => services.GetRequiredService<SmartClientDirectors>().Get(client).Current.Source.Addresses);
    }
}
