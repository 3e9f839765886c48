using System.Net;

namespace SmartClients.Chat.Checker.Recording;

/// <summary>Sees the acknowledgements on their way to a writer, before the writer does.</summary>
internal sealed class RecordingHandler(Record record, HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await base.SendAsync(request, cancellationToken);
        if (request.Method == HttpMethod.Post && response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created
            && request.Headers.TryGetValues("Idempotency-Key", out var ids)) record.Acknowledge(ids.First());
        return response;
    }
}
