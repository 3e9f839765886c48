using System.Net;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary><see cref="HttpClient.Send(HttpRequestMessage)"/> goes through the director like everything else.</summary>
public class SynchronousSendTests
{
    [Theory]
    [InlineData("service://quotes/")]
    [InlineData("http://quotes/")]
    public async Task A_synchronous_request_is_directed(string address)
    {
        await using var server = await Server.StartAsync(Server.Hello);
        await using var director = new Director("quotes", new StaticNames(Endpoint.Parse("127.0.0.1:1"), Endpoint.Parse(server.Address)));
        using var client = new HttpClient(new SmartHandler(director));
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            using var response = client.Send(request, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
        Assert.Equal(4, server.Received);
    }

    [Fact]
    public async Task A_body_that_streams_is_read_synchronously_too()
    {
        await using var server = await Server.StartAsync(c => Server.Text(c, new string('x', 1 << 20)));
        await using var director = Director.For("list:" + server.Address);
        using var client = new HttpClient(new SmartHandler(director));
        using var request = new HttpRequestMessage(HttpMethod.Get, "service://quotes/");
        using var response = client.Send(request, TestContext.Current.CancellationToken);
        Assert.Equal(1 << 20, response.Content.Headers.ContentLength);
        Assert.Equal(0, director.Members[0].InFlight);
    }
}
