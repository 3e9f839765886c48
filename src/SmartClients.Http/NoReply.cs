using SmartClients.Outcomes;

namespace SmartClients.Http;

/// <summary>A service that is unavailable, told as <see cref="HttpClient"/> tells that there was no reply.</summary>
internal static class NoReply
{
    // Whoever retries further out takes a connection error for a request that was never sent: it must be true.
    public static HttpRequestException Told(ServiceUnavailableException error)
    {
        var last = error.InnerException as HttpRequestException;
        var kind = last?.HttpRequestError ?? HttpRequestError.Unknown;
        var saysNeverSent = kind is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;
        if (error.Reason == UnavailableReason.NoMembers) kind = HttpRequestError.NameResolutionError;
        else if (error.Delivery == Delivery.NeverSent) kind = saysNeverSent ? kind : HttpRequestError.ConnectionError;
        else if (saysNeverSent) kind = HttpRequestError.Unknown;
        return new HttpRequestException(kind, error.Message, error, last?.StatusCode);
    }
}
