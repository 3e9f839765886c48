using SmartClients.Http.Loads;
using SmartClients.Naming;
using SmartClients.Outcomes;
using SmartClients.Sending;

namespace SmartClients.Http;

/// <summary>One HTTP request as the director sees it.</summary>
internal readonly struct HttpExchange(
    SmartHandler handler, Director director, SmartHandlerOptions options, HttpRequestMessage request, Uri address, RequestBody body)
    : IRequest<HttpResponseMessage>
{
    public ValueTask<HttpResponseMessage> SendAsync(Attempt attempt, CancellationToken cancel)
    {
        // Attempts may overlap, and a message must not be shared between two that are under way.
        var message = attempt.Number == 1 ? request : new RepeatedRequest(request, attempt.Number);
        var replica = attempt.Replica.Attached(static endpoint => new Route(endpoint));
        message.RequestUri = replica.To(address, address.Scheme is "http" or "https" ? address.Scheme : options.Scheme);
        if (options.HostFromService) message.Headers.Host ??= address.Authority;
        else if (attempt.Endpoint.Authority is { } name) message.Headers.Host ??= name;
        var sent = handler.SendOnceAsync(message, cancel);
        if (sent.IsCompletedSuccessfully && ReplyBody.IsInMemory(sent.Result)) return new ValueTask<HttpResponseMessage>(sent.Result);
        return ReplyBody.ReceiveAsync(sent, message, attempt, director, options.BufferUpTo, cancel);
    }

    public Outcome Judge(HttpResponseMessage result)
    {
        var outcome = body.Forbids(ReplyOutcome.Of(result));
        var said = ReplySignals.Read(result);
        if (said == default) return outcome;
        if (said.Members is { } members) director.GroupChanged(members);
        else if (said.GroupChanged) director.GroupChanged();
        return outcome with { Report = said.Report, Leaving = said.Leaving };
    }

    public Outcome Judge(Exception error) => body.Forbids(director.Judge(error));

    public void Discard(HttpResponseMessage result) => result?.Dispose();

    public ValueTask CleanUpAsync(Endpoint failed, in Outcome outcome) => default;
}
