namespace SmartClients.Transfer.Protocols.Http;

/// <summary>Where a reply sends its client, and whether the client goes.</summary>
internal static class Redirection
{
    const int MostHops = 10;

    /// <summary>The next address; <see langword="null"/> when the reply is the last one.</summary>
    /// <exception cref="FileException">It leads in circles, away from TLS, or nowhere.</exception>
    public static Uri? Of(HttpResponseMessage response, Uri from, ref int hops)
    {
        if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308)) return null;
        try
        {
            return Next(response, from, ++hops);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    static Uri Next(HttpResponseMessage response, Uri from, int hops)
    {
        if (hops > MostHops) throw new FileException(FileProblem.Malformed, $"redirected more than {MostHops} times");
        if (response.Headers.Location is not { } location) throw new FileException(FileProblem.Malformed, "redirected without an address");
        var to = location.IsAbsoluteUri ? location : new Uri(from, location);
        if (to.Scheme is not ("http" or "https")) throw new FileException(FileProblem.Unsupported, $"redirected to {to.Scheme}://, which is not followed");
        if (from.Scheme == "https" && to.Scheme == "http") throw new FileException(FileProblem.Untrusted, "redirected from https to http, which is not followed");
        return to;
    }
}
