using System.Net;
using Microsoft.AspNetCore.Http;
using SmartClients.Http.Tests.Support;
using Xunit;
using Endpoint = SmartClients.Naming.Endpoint;

namespace SmartClients.Http.Tests;

/// <summary>A redirection that was followed was still the replica's answer.</summary>
public class RedirectionTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_replica_answered_and_not_the_redirections_target()
    {
        await using var elsewhere = await Server.StartAsync(Server.Hello);
        await using var replica = await Server.StartAsync(c =>
        {
            c.Response.Redirect($"http://{elsewhere.Address}/y");
            return Task.CompletedTask;
        });
        await using var director = Director.For($"list:{replica.Address}");
        using var client = new HttpClient(new SmartHandler(director));
        using var response = await client.GetAsync(new Uri("service://quotes/"), Cancel);
        Assert.Equal((HttpStatusCode.OK, 1), (response.StatusCode, elsewhere.Received));
        Assert.Equal(Endpoint.Parse(replica.Address), response.AnsweredBy());
    }
}
