namespace SmartClients.Cli.Experiments.Figure8.Crowd;

/// <summary>Sends, and notes who answered a post last.</summary>
internal sealed class PostsHandler() : DelegatingHandler(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2) })
{
    /// <summary>The address of the server.</summary>
    public string? Last { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Post && response.IsSuccessStatusCode) Last = request.RequestUri!.Authority;
        return response;
    }
}
