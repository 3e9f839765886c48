using SmartClients.Http.Loads;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;

namespace SmartClients.Http;

/// <summary>One HTTP request as the director sees it.</summary>
internal struct HttpExchange(
    SmartHandler handler, Director director, SmartHandlerOptions options, HttpRequestMessage request, Uri address, RequestBody body)
    : IRequest<HttpResponseMessage>
{
    OwnHeaders own;

    public ValueTask<HttpResponseMessage> SendAsync(Attempt attempt, CancellationToken cancel)
    {
        var name = options.HostFromService ? address.Authority : attempt.Endpoint.Authority;
        // Attempts may overlap, and a message must not be shared between two that are under way.
        var message = request;
        var redirects = handler.Redirects;
        if (attempt.Number == 1) own.Remember(request, host: name is not null, isFromService: options.HostFromService, redirects == Redirects.AreFollowedInside);
        else message = RepeatedRequest.Of(request, own, attempt.Number, attempt.Endpoint);
        var replica = attempt.Replica.Attached(static endpoint => new Route(endpoint));
        var to = replica.To(address, address.Scheme is "http" or "https" ? address.Scheme : handler.Scheme);
        message.RequestUri = to;
        if (name is not null) message.Headers.Host ??= name;
        var sent = handler.SendOnceAsync(message, cancel);
        var mayLead = redirects == Redirects.AreFollowedHere;
        if (sent.IsCompletedSuccessfully && ReplyBody.IsInMemory(sent.Result) && !(mayLead && Redirection.IsOne(sent.Result)))
        {
            if (!ReferenceEquals(message.RequestUri, to)) SmartResponse.Redirected(message, attempt.Endpoint);
            return new ValueTask<HttpResponseMessage>(sent.Result);
        }
        return ReplyBody.ReceiveAsync(sent, mayLead ? handler : null, message, to, attempt, director, options.BufferUpTo, cancel);
    }

    public readonly Outcome Judge(HttpResponseMessage result)
    {
        var outcome = body.Forbids(ReplyOutcome.Of(result));
        var said = ReplySignals.Read(result);
        if (said == default) return outcome;
        if (said.Members is { } members) director.GroupChanged(members);
        else if (said.GroupChanged) director.GroupChanged();
        return outcome with { Report = said.Report, Leaving = said.Leaving };
    }

    public readonly Outcome Judge(Exception error) => error is UncopiedException
        // Not the replica's doing, and no reason to take the answer of an attempt under way from the caller.
        ? new Outcome { Kind = OutcomeKind.Overtaken, Delivery = Delivery.NeverSent, Reason = error.Message, Error = error }
        : body.Forbids(IsTheRequests(error) ? Outcome.Fault(error) : director.Judge(error));

    // What the platform's handler refuses to send, a letter in a header say, it tells with nothing inside. As other handlers may tell a
    // failure like that, it takes a witness (see Classify); where there can be none, it is not held against the replica.
    readonly bool IsTheRequests(Exception error) =>
        error is HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: null, StatusCode: null }
        && !Repeatability.Of(request, body, options).Repeatable;

    public readonly Exception Unavailable(ServiceUnavailableException error) => NoReply.Told(error);

    public readonly void Discard(HttpResponseMessage result) => result?.Dispose();

    public readonly ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;
}
