using System.Net;

namespace SmartClients.Chat.Checker.Tests;

/// <summary>A client's way to the servers that acknowledges every second message by itself.</summary>
internal sealed class LyingHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    int count;

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Method == HttpMethod.Post && Interlocked.Increment(ref count) % 2 == 0
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.Created) { RequestMessage = request, Content = new ByteArrayContent([]) })
            : base.SendAsync(request, cancellationToken);
}
