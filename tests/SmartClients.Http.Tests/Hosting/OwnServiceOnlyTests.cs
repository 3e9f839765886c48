using Microsoft.Extensions.DependencyInjection;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests.Hosting;

/// <summary>A client of a service sends nothing to its replicas that was meant for somebody else.</summary>
public class OwnServiceOnlyTests
{
    [Theory]
    [InlineData("service://quotes/x", true)]
    [InlineData("service://QUOTES?x", true)]
    [InlineData("https://Quotes:8443/x", true)]
    [InlineData("http://user@quotes/x", true)]
    [InlineData("/x", true)]
    [InlineData("https://other.com/x", false)]
    [InlineData("http://quotes.evil.com/x", false)]
    [InlineData("http://quotes:pw@evil.com/x", false)]
    [InlineData("http://evil.com/://quotes/", false)]
    [InlineData("service://billing/x", false)]
    public async Task Only_the_services_own_name_is_directed(string address, bool directed)
    {
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message }));
        var services = new ServiceCollection();
        services.AddHttpClient("quotes").ConfigurePrimaryHttpMessageHandler(() => network).AddSmartClient("quotes", o => o.Name = "list:a:1");
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        var sent = client.GetAsync(address, TestContext.Current.CancellationToken);
        if (directed)
        {
            using var response = await sent;
            Assert.Equal("a", network.Sent.Single().RequestUri!.Host);
            return;
        }
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => sent);
        Assert.Contains("'quotes'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", error.Message, StringComparison.Ordinal);
        Assert.Empty(network.Sent);
    }

    [Fact]
    public async Task A_message_that_an_outer_handler_sends_again_is_directed_anew()
    {
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message }));
        var services = new ServiceCollection();
        services.AddHttpClient("quotes").ConfigurePrimaryHttpMessageHandler(() => network)
            .AddHttpMessageHandler(() => new Twice())
            .AddSmartClient("quotes", o => (o.Name, o.Policy) = ("list:a:1,b:2", "round-robin"));
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        using var response = await client.GetAsync("x", TestContext.Current.CancellationToken);
        Assert.Equal(2, network.Sent.Count);
    }

    sealed class Twice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using (await base.SendAsync(request, cancellationToken)) { }
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
