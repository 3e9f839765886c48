using System.Net;

namespace SmartClients.Benchmarks.Handlers;

/// <summary>Answers every request itself: at once, or from another item of the thread pool.</summary>
sealed class StubHandler(bool later) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        later ? LaterAsync(request) : Task.FromResult(Answer(request));

    static async Task<HttpResponseMessage> LaterAsync(HttpRequestMessage request)
    {
        await Task.Yield();
        return Answer(request);
    }

    static HttpResponseMessage Answer(HttpRequestMessage request) => new(HttpStatusCode.OK) { RequestMessage = request };
}
