namespace SmartClients.Http.Tests.Support;

/// <summary>A network of the test's own, in place of sockets: each message is answered by one function.</summary>
internal sealed class FakeNetwork(Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    public List<HttpRequestMessage> Sent { get; } = [];

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        lock (Sent) Sent.Add(request);
        return answer(request, cancellationToken);
    }
}
