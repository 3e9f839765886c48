namespace SmartClients.Chat.Web.Browser;

/// <summary>The browser's <c>fetch</c>: without cookies, without its cache, and following no redirection, which no server of a group has reason for.</summary>
internal sealed class FetchHandler() : DelegatingHandler(new HttpClientHandler())
{
    static readonly HttpRequestOptionsKey<IDictionary<string, object>> Options = new("WebAssemblyFetchOptions");

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Options.Set(Options, new Dictionary<string, object> { ["credentials"] = "omit", ["cache"] = "no-store", ["redirect"] = "error" });
        return base.SendAsync(request, cancellationToken);
    }
}
