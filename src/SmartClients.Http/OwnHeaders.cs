using System.Diagnostics;

namespace SmartClients.Http;

/// <summary>
/// Which of a request's headers are the caller's own, of those that an attempt sets as well: Host, and what ties a request to a trace.
/// What one attempt has set must not go out with the next. Looked at only where something is going to set them: it makes the headers
/// of a request that has none.
/// </summary>
internal struct OwnHeaders
{
    // The platform's: whoever listens to it has each message get a trace header.
    static readonly ActivitySource Traces = new("System.Net.Http");

    string? host;
    bool hostIsKnown;
    bool traceIsKnown;
    uint trace;

    /// <summary>Before the first attempt.</summary>
    public void Remember(HttpRequestMessage request, bool host)
    {
        if (host) (this.host, hostIsKnown) = (request.Headers.Host, true);
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
        if (!traceIsKnown) return;
        var bit = 1u;
        foreach (var field in DistributedContextPropagator.Current.Fields)
        {
            if ((trace & bit) == 0) copy.Headers.Remove(field);
            bit <<= 1;
        }
    }
}
