namespace SmartClients.Http.Hosting;

/// <summary>Sends what goes on beside the requests (polls, keep-alives) through a client's own handlers, so that its certificates and
/// credentials count there too; only the director is passed by.</summary>
internal sealed class BesideHandler(IHttpMessageHandlerFactory handlers, string client) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        // Never inside the making of these very handlers.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var beside = new BesideRequest(request);
        // Handlers rotate; one that is in use lives on. Disposing the invoker would dispose what is not ours.
#pragma warning disable CA2000
        var invoker = new HttpMessageInvoker(handlers.CreateHandler(client), disposeHandler: false);
#pragma warning restore CA2000
        return await invoker.SendAsync(beside, cancellationToken).ConfigureAwait(false);
    }
}
