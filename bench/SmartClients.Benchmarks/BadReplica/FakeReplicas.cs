using System.Net;
using SmartClients.Benchmarks.Servers;

namespace SmartClients.Benchmarks.BadReplica;

/// <summary>Three replicas in this process: each answers at once, one of them always 500.</summary>
sealed class FakeReplicas(int badPort) : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(new HttpResponseMessage(request.RequestUri!.Port == badPort ? HttpStatusCode.InternalServerError : HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new ByteArrayContent(KestrelServer.Body),
        });
}
