using System.Net;
using Microsoft.Extensions.DependencyInjection;

// A request through everything that a program would use: dependency injection, options, handler, director, failover.
var services = new ServiceCollection();
services.AddHttpClient("quotes")
    .AddSmartClient("quotes", options =>
    {
        options.Members.Add("127.0.0.1:1");
        options.Members.Add("127.0.0.1:2");
    })
    .ConfigurePrimaryHttpMessageHandler(() => new OnlyTheSecond());
await using var provider = services.BuildServiceProvider();
var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");

for (var i = 0; i < 100; i++)
{
    using var response = await client.GetAsync(new Uri("hello", UriKind.Relative));
    if (response.StatusCode != HttpStatusCode.OK) return 1;
}
Console.WriteLine("100 requests served");
return 0;

/// <summary>A network in which one of two replicas refuses connections.</summary>
internal sealed class OnlyTheSecond : HttpMessageHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.RequestUri!.Port == 2
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request })
            : throw new HttpRequestException(HttpRequestError.ConnectionError, "refused");
}
