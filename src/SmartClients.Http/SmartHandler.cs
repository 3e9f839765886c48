using SmartClients.Http.Hosting;
using SmartClients.Http.Rehearsing;
using SmartClients.Sending;

namespace SmartClients.Http;

/// <summary>
/// Sends each request of an <see cref="HttpClient"/> to the best replica of a service, and again elsewhere when that fails. The
/// authority of the request's address is the service's name, as in <c>service://quotes/path</c> or <c>https://quotes/path</c>; the
/// director's pick takes its place. The only place where HTTP and the director meet. Safe for concurrent use.
/// Made by <c>AddSmartClient</c>, it knows the service's name and refuses addresses of other hosts; made with a director of your own,
/// it directs every address, whatever the host in it.
/// </summary>
/// <remarks>
/// GET, HEAD, OPTIONS and TRACE are repeated and hedged, PUT and DELETE are repeated; other methods only as far as
/// <see cref="SmartHandlerOptions"/> and the request say. A bad reply that nothing bettered (503 from every replica) is returned as the
/// reply that it is; where there was no reply, <see cref="HttpRequestException"/> is thrown with a
/// <see cref="ServiceUnavailableException"/> inside.
/// </remarks>
public sealed class SmartHandler : DelegatingHandler
{
    const int Unknown = -1;

    readonly Func<Director> director;
    readonly Func<SmartHandlerOptions> options;
    readonly string? service;
    int redirects = Unknown;

    /// <summary>A handler for one service.</summary>
    /// <param name="director">The service's director; it outlives the handler and is not disposed with it.</param>
    /// <param name="options">The defaults when left out.</param>
    /// <param name="inner">Who sends; when left out, a <see cref="SocketsHttpHandler"/> that connects within 5 s or not at all, and only to what
    /// the members' source allows (<see cref="Naming.NameSource.Addresses"/>), redirections included.</param>
    public SmartHandler(Director director, SmartHandlerOptions? options = null, HttpMessageHandler? inner = null)
        : this(() => director, Always(options ?? new SmartHandlerOptions()))
    {
        ArgumentNullException.ThrowIfNull(director);
        InnerHandler = inner ?? PrimaryHandler.New(director.Time, () => director.Source.Addresses);
    }

    internal SmartHandler(Func<Director> director, Func<SmartHandlerOptions> options, string? service = null)
    {
        (this.director, this.options, this.service) = (director, options, service);
        if (Rehearsed.IsOfUse) Rehearsal.Once.Soon();
    }

    /// <summary>How replicas are spoken to now: where a request waited for its members, a certificate may have said meanwhile.</summary>
    internal string Scheme => options().Scheme;

    /// <summary>Who follows redirections: settled before the first request goes in.</summary>
    internal Redirects Redirects
    {
        get
        {
            var known = Volatile.Read(ref redirects);
            if (known == Unknown) Volatile.Write(ref redirects, known = (int)Redirection.Of(InnerHandler));
            return (Redirects)known;
        }
    }

    static Func<SmartHandlerOptions> Always(SmartHandlerOptions options) => () => options;

    /// <inheritdoc/>
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.RequestUri is not { IsAbsoluteUri: true } address)
            throw new InvalidOperationException("The request has no absolute address: give the client a BaseAddress such as service://quotes/.");
        // Before anything goes in, be it a question for a replica's load: a handler that has begun cannot be told any more.
        _ = Redirects;
        if (request is BesideRequest) return base.SendAsync(request, cancellationToken);
        if (service is not null && address is not ReplicaAddress) ServiceAddress.Check(address, service);
        var body = RequestBody.PrepareAsync(request, cancellationToken);
        var current = director();
        if (!body.IsCompletedSuccessfully || !current.IsReady) return SendPreparedAsync(request, address, body, cancellationToken);
        var prepared = body.Result;
        var sent = Direct(current, request, address, prepared, cancellationToken);
        if (sent.IsCompletedSuccessfully) return Task.FromResult(sent.Result);
        return sent.IsFaulted ? HandedOverAsync(sent, current, request, address, prepared, cancellationToken) : sent.AsTask();
    }

    /// <summary>The synchronous form: blocks the calling thread until the asynchronous one has ended.</summary>
    /// <exception cref="PlatformNotSupportedException">In a browser, where a thread cannot wait: use <see cref="SendAsync"/>.</exception>
    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsBrowser())
            throw new PlatformNotSupportedException("A request cannot be waited for in a browser: use SendAsync, GetAsync and the like instead of Send.");
        return SendAsync(request, cancellationToken).GetAwaiter().GetResult();
    }

    // For what waits before anything is sent: for the body, or for the members.
    async Task<HttpResponseMessage> SendPreparedAsync(HttpRequestMessage request, Uri address, ValueTask<RequestBody> body, CancellationToken cancel)
    {
        var prepared = await body.ConfigureAwait(false);
        var current = director();
        return await HandedOverAsync(Direct(current, request, address, prepared, cancel), current, request, address, prepared, cancel).ConfigureAwait(false);
    }

    // A reload may dispose the director between the moment it is looked up and the moment it takes the request: nothing was sent then,
    // and its successor takes it.
    async Task<HttpResponseMessage> HandedOverAsync(
        ValueTask<HttpResponseMessage> sent, Director to, HttpRequestMessage request, Uri address, RequestBody body, CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                return await sent.ConfigureAwait(false);
            }
            catch (ObjectDisposedException error) when (error.ObjectName == typeof(Director).FullName && director() != to)
            {
                to = director();
                sent = Direct(to, request, address, body, cancel);
            }
        }
    }

    ValueTask<HttpResponseMessage> Direct(Director to, HttpRequestMessage request, Uri address, RequestBody body, CancellationToken cancel)
    {
        var allowed = options();
        var exchange = new HttpExchange(this, to, allowed, request, address, body);
        return to.SendAsync<HttpExchange, HttpResponseMessage>(exchange, Repeatability.Of(request, body, allowed), cancel);
    }

    internal Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage message, CancellationToken cancel) => base.SendAsync(message, cancel);
}
