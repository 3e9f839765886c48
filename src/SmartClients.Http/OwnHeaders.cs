using System.Diagnostics;
using System.Net.Http.Headers;

namespace SmartClients.Http;

/// <summary>
/// What of a request is the caller's own, of what an attempt changes as well: Host, what ties a request to a trace, and what a handler that
/// follows redirections takes away. What one attempt has made of it must not go out with the next. Headers are looked at only
/// where something is going to change them: that makes the headers of a request that has none.
/// </summary>
internal struct OwnHeaders
{
    // The platform's: whoever listens to it has each message get a trace header.
    static readonly ActivitySource Traces = new("System.Net.Http");

    AuthenticationHeaderValue? authorization;
    string? host;
    bool hostIsKnown;
    bool traceIsKnown;
    uint trace;

    /// <summary>The caller's method.</summary>
    public HttpMethod Method { get; private set; }

    /// <summary>The caller's body.</summary>
    public HttpContent? Content { get; private set; }

    /// <summary>Before the first attempt.</summary>
    /// <param name="request">The caller's.</param>
    /// <param name="host">Whether Host is going to be set.</param>
    /// <param name="isFromService">Whether it is the same whichever replica is asked.</param>
    /// <param name="isRedirected">Whether a handler further in follows redirections.</param>
    public void Remember(HttpRequestMessage request, bool host, bool isFromService, bool isRedirected)
    {
        (Method, Content) = (request.Method, request.Content);
        if (isRedirected) authorization = request.Headers.Authorization;
        if (host)
        {
            // A message that an outer handler sends once more still has the Host of the replica that it went to.
            if (!isFromService && request.RequestUri is ReplicaAddress before && before.Name == request.Headers.Host) request.Headers.Host = null;
            (this.host, hostIsKnown) = (request.Headers.Host, true);
        }
        if (Activity.Current is null && !Traces.HasListeners()) return;
        traceIsKnown = true;
        var headers = request.Headers.NonValidated;
        if (headers.Count == 0) return;
        var bit = 1u;
        foreach (var field in DistributedContextPropagator.Current.Fields)
        {
            if (headers.Contains(field)) trace |= bit;
            bit <<= 1;
        }
    }

    /// <summary>Takes from a copy what the first attempt has put into its original.</summary>
    public readonly void Restore(HttpRequestMessage copy)
    {
        if (hostIsKnown) copy.Headers.Host = host;
        if (authorization is not null) copy.Headers.Authorization = authorization;
        if (!traceIsKnown) return;
        var bit = 1u;
        foreach (var field in DistributedContextPropagator.Current.Fields)
        {
            if ((trace & bit) == 0) copy.Headers.Remove(field);
            bit <<= 1;
        }
    }
}
