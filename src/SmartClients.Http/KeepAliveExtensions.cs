namespace SmartClients.Http;

/// <summary>Keep-alives over HTTP.</summary>
public static class KeepAliveExtensions
{
    /// <summary>Asks each replica for a path every <see cref="DirectorOptions.KeepAliveInterval"/>, until the director is disposed: any
    /// reply under 500 shows that it lives. Two lost in a row take it out.</summary>
    /// <param name="director">It is told of who does not answer.</param>
    /// <param name="client">A plain client: one without a director in it, which would send the question elsewhere. Not disposed.</param>
    /// <param name="path">The path, from the slash on.</param>
    /// <param name="scheme"><c>http</c> or <c>https</c>.</param>
    /// <exception cref="ArgumentException">The path or the scheme is wrong.</exception>
    public static void KeepAliveOverHttp(this Director director, HttpMessageInvoker client, string path = "/", string scheme = "http")
    {
        ArgumentNullException.ThrowIfNull(director);
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(path);
        if (!path.StartsWith('/')) throw new ArgumentException($"The path is '{path}': it must begin with a slash.", nameof(path));
        if (scheme is not ("http" or "https")) throw new ArgumentException($"The scheme is '{scheme}': write http or https.", nameof(scheme));
        director.KeepAlive(async (endpoint, cancel) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{scheme}://{endpoint.Address}{path}");
            if (endpoint.Authority is { } authority) request.Headers.Host = authority;
            // An HttpClient asked like any other invoker would wait for the end of the body.
            using var reply = client is HttpClient whole
                ? await whole.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false)
                : await client.SendAsync(request, cancel).ConfigureAwait(false);
            if ((int)reply.StatusCode >= 500) throw new HttpRequestException($"HTTP {(int)reply.StatusCode}", null, reply.StatusCode);
        });
    }
}
