using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SmartClients.Discovery.Tests.Support;

namespace SmartClients.Discovery.Tests;

/// <summary>The names of this package in a program's container.</summary>
public sealed class HostingTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Answers every request with the host that it went to.</summary>
    sealed class Echo : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request, Content = new StringContent(request.RequestUri!.Authority) });
    }

    static ServiceCollection Client(string name)
    {
        var services = new ServiceCollection();
        services.AddSmartClientNames(o => o.StateFolder = "");
        services.AddHttpClient("quotes").AddSmartClient("quotes", o => o.Name = name).ConfigurePrimaryHttpMessageHandler(() => new Echo());
        return services;
    }

    static async Task<string> AskAsync(ServiceProvider provider)
    {
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        return await client.GetStringAsync(new Uri("x", UriKind.Relative), Cancel);
    }

    [Fact]
    public async Task A_client_goes_where_a_provider_of_service_discovery_says()
    {
        var services = Client("discovery:quotes");
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Services:quotes:http:0", (string?)"10.0.0.7:81")]).Build());
        services.AddServiceDiscovery();
        services.AddSmartClientServiceDiscovery();
        await using var provider = services.BuildServiceProvider();
        Assert.Equal("10.0.0.7:81", await AskAsync(provider));
    }

    [Fact]
    public async Task Without_service_discovery_it_is_said_what_to_add()
    {
        var services = Client("discovery:quotes");
        services.AddSmartClientServiceDiscovery();
        await using var provider = services.BuildServiceProvider();
        Assert.Contains("AddServiceDiscovery", (await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(provider))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_goes_where_DNS_says()
    {
        await using var dns = await Dnsmasq.StartAsync(Cancel, "--address=/quotes.test/10.0.0.8");
        var services = Client("dns:quotes.test:82");
        services.AddSmartClientDns(dns.Options with { Families = DnsFamilies.IPv4 });
        await using var provider = services.BuildServiceProvider();
        Assert.Equal("10.0.0.8:82", await AskAsync(provider));
    }

    [Fact]
    public async Task Certificates_are_looked_for_in_DNS_as_well()
    {
        await using var dns = await Dnsmasq.StartAsync(Cancel, "--txt-record=_smart-service.quotes.test,v=smart1; certificate=https://127.0.0.1:1/quotes.jws");
        var services = Client("service://quotes.test");
        services.AddSmartClientDns(dns.Options);
        await using var provider = services.BuildServiceProvider();
        // Nobody is at that address; that it was looked for is what counts here.
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => AskAsync(provider));
        Assert.Contains("query[TXT] _smart-service.quotes.test", dns.Log, StringComparison.Ordinal);
    }
}
