using Microsoft.Extensions.Logging;

namespace SmartClients.Http.Hosting;

/// <summary>A logging handler of <c>IHttpClientFactory</c>, passed by while nobody would see what it logs: it costs 200 bytes and a
/// state machine for each request even then.</summary>
internal sealed class WhenLogged : DelegatingHandler
{
    readonly ILogger logger;
    readonly HttpMessageInvoker logged;

    public WhenLogged(DelegatingHandler logging, ILogger logger)
    {
        this.logger = logger;
        logging.InnerHandler = new Onward(this);
        logged = new HttpMessageInvoker(logging, disposeHandler: false);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        logger.IsEnabled(LogLevel.Information) ? logged.SendAsync(request, cancellationToken) : base.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing) logged.Dispose();
        base.Dispose(disposing);
    }

    // The next handler is known only after construction.
    sealed class Onward(WhenLogged from) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            from.OnwardAsync(request, cancellationToken);
    }

    Task<HttpResponseMessage> OnwardAsync(HttpRequestMessage request, CancellationToken cancel) => base.SendAsync(request, cancel);
}
