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
}
