using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Logging;
using Microsoft.Extensions.Logging;

namespace SmartClients.Http.Hosting;

/// <summary>Makes the default logging of a smart client's requests free while it is turned off. It runs after the filter that adds
/// the logging, and changes nothing else.</summary>
internal sealed class QuietLogging(string client, ILoggerFactory loggers) : IHttpMessageHandlerBuilderFilter
{
    public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
    {
        next(builder);
        if (builder.Name != client) return;
        var handlers = builder.AdditionalHandlers;
        for (var i = 0; i < handlers.Count; i++)
            if (handlers[i] is LoggingScopeHttpMessageHandler or LoggingHttpMessageHandler)
                handlers[i] = new WhenLogged(handlers[i], loggers.CreateLogger(Category(client, handlers[i])));
    };

    // The names under which the platform logs.
    static string Category(string client, DelegatingHandler handler) =>
        $"System.Net.Http.HttpClient.{client}.{(handler is LoggingScopeHttpMessageHandler ? "LogicalHandler" : "ClientHandler")}";
}
