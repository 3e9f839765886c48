using SmartClients.Outcomes;
using SmartClients.Sending;

namespace SmartClients.Http;

/// <summary>
/// Sends each request of an <see cref="HttpClient"/> to the best replica of a service, and again elsewhere when that fails. The
/// authority of the request's address is the service's name, as in <c>service://quotes/path</c> or <c>https://quotes/path</c>; the
/// director's pick takes its place. The only place where HTTP and the director meet. Safe for concurrent use.
/// </summary>
/// <remarks>
/// GET, HEAD, OPTIONS and TRACE are repeated and hedged, PUT and DELETE are repeated; other methods only as far as
/// <see cref="SmartHandlerOptions"/> and the request say. A bad reply that nothing bettered (503 from every replica) is returned as the reply that it is; where there
/// was no reply, <see cref="HttpRequestException"/> is thrown with a <see cref="ServiceUnavailableException"/> inside.
/// </remarks>
public sealed class SmartHandler : DelegatingHandler
{
    readonly Func<Director> director;
    readonly SmartHandlerOptions options;

    /// <summary>A handler for one service.</summary>
    /// <param name="director">The service's director; it outlives the handler and is not disposed with it.</param>
    /// <param name="options">The defaults when left out.</param>
    /// <param name="inner">Who sends; a <see cref="SocketsHttpHandler"/> that connects within 5 s or not at all when left out.</param>
    public SmartHandler(Director director, SmartHandlerOptions? options = null, HttpMessageHandler? inner = null)
        : this(() => director, options ?? new SmartHandlerOptions())
    {
        ArgumentNullException.ThrowIfNull(director);
        InnerHandler = inner ?? PrimaryHandler.New(director.Time);
    }

    internal SmartHandler(Func<Director> director, SmartHandlerOptions options) => (this.director, this.options) = (director, options);

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri is not { IsAbsoluteUri: true } address)
            throw new InvalidOperationException("The request has no absolute address: give the client a BaseAddress such as service://quotes/.");
        var body = RequestBody.PrepareAsync(request, cancellationToken);
        if (!body.IsCompletedSuccessfully) return SendPreparedAsync(request, address, body, cancellationToken);
        var sent = Direct(request, address, body.Result, cancellationToken);
        return sent.IsCompletedSuccessfully ? Task.FromResult(sent.Result) : TranslatedAsync(sent);
    }

    async Task<HttpResponseMessage> SendPreparedAsync(HttpRequestMessage request, Uri address, ValueTask<RequestBody> body, CancellationToken cancel) =>
        await TranslatedAsync(Direct(request, address, await body.ConfigureAwait(false), cancel)).ConfigureAwait(false);

    ValueTask<HttpResponseMessage> Direct(HttpRequestMessage request, Uri address, RequestBody body, CancellationToken cancel)
    {
        var current = director();
        var exchange = new HttpExchange(this, current, options, request, address, body);
        return current.SendAsync<HttpExchange, HttpResponseMessage>(exchange, Repeatability.Of(request, body, options), cancel);
    }

    // Apart from the rest, so that what is kept while a request is under way is small.
    static async Task<HttpResponseMessage> TranslatedAsync(ValueTask<HttpResponseMessage> sent)
    {
        try
        {
            return await sent.ConfigureAwait(false);
        }
        catch (ServiceUnavailableException error)
        {
            throw Translate(error);
        }
    }

    internal Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage message, CancellationToken cancel) => base.SendAsync(message, cancel);

    // Whoever retries further out takes a connection error for a request that was never sent: it must be true.
    static HttpRequestException Translate(ServiceUnavailableException error)
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
