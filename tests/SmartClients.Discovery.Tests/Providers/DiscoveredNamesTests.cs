using System.Diagnostics.CodeAnalysis;
using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Primitives;
using Microsoft.Extensions.ServiceDiscovery;
using SmartClients.Discovery.Providers;
using SmartClients.Discovery.Tests.Support;
using SmartClients.Naming;
using SmartClients.Testing;

namespace SmartClients.Discovery.Tests.Providers;

/// <summary>The real resolver of Microsoft.Extensions.ServiceDiscovery, over a provider that does as it is told, and over configuration.</summary>
public sealed class DiscoveredNamesTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A provider that the test makes change, fail and recover.</summary>
    sealed class Scripted : IServiceEndpointProviderFactory, IServiceEndpointProvider
    {
        CancellationTokenSource change = new();
        int asked;

        public Func<IEnumerable<EndPoint>> Answer { get; set; } = () => [];

        public int Asked => Volatile.Read(ref asked);

        public void Change(Func<IEnumerable<EndPoint>> answer)
        {
            Answer = answer;
            Interlocked.Exchange(ref change, new CancellationTokenSource()).Cancel();
        }

        public bool TryCreateProvider(ServiceEndpointQuery query, [NotNullWhen(true)] out IServiceEndpointProvider? provider)
        {
            provider = this;
            return query.ServiceName == "quotes";
        }

        public ValueTask PopulateAsync(IServiceEndpointBuilder endpoints, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref asked);
            endpoints.AddChangeToken(new CancellationChangeToken(change.Token));
            foreach (var one in Answer()) endpoints.Endpoints.Add(ServiceEndpoint.Create(one));
            return default;
        }

        public ValueTask DisposeAsync() => default;
    }

    static ServiceProvider Container(Scripted provider) =>
        new ServiceCollection().AddLogging().AddServiceDiscoveryCore().AddSingleton<IServiceEndpointProviderFactory>(provider).BuildServiceProvider();

    static Director Directing(ServiceProvider services, string name = "discovery:quotes") => new(
        "quotes", Names.Core.WithServiceDiscovery(services.GetRequiredService<ServiceEndpointResolver>()).Open(name, 8080),
        new DirectorOptions { SourceRetry = TimeSpan.FromMilliseconds(50) });

    static string Members(Director director) => string.Join(' ', director.Members.Select(m => m.Endpoint.Address));

    static async Task<string> SendAsync(Director director) => await director.SendAsync((endpoint, _) => ValueTask.FromResult(endpoint.Address), cancel: Cancel);

    [Fact]
    public async Task A_provider_s_changes_reach_the_group()
    {
        var provider = new Scripted { Answer = () => [IPEndPoint.Parse("127.0.0.1:81"), new DnsEndPoint("b.test", 82), new UriEndPoint(new Uri("https://c.test"))] };
        await using var services = Container(provider);
        await using var director = Directing(services);
        await director.ReadyAsync(Cancel);
        Assert.Equal("127.0.0.1:81 b.test:82 c.test:443", Members(director));
        Assert.Equal("discovery http://quotes", director.Membership.Source);
        provider.Change(() => [new DnsEndPoint("d.test", 0)]);
        await Poll.UntilAsync(() => Members(director) == "d.test:8080", Cancel);
    }

    [Fact]
    public async Task A_provider_that_throws_is_not_missed_and_is_followed_when_it_recovers()
    {
        var provider = new Scripted { Answer = () => [IPEndPoint.Parse("127.0.0.1:81")] };
        await using var services = Container(provider);
        await using var director = Directing(services);
        Assert.Equal("127.0.0.1:81", await SendAsync(director));

        provider.Change(() => throw new InvalidOperationException("the registry is down"));
        await Poll.UntilAsync(() => provider.Asked > 3, Cancel);
        // Through Microsoft's own client every request fails now (peers, B2.2).
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await services.GetRequiredService<ServiceEndpointResolver>().GetEndpointsAsync("http://quotes", Cancel));
        for (var i = 0; i < 100; i++) Assert.Equal("127.0.0.1:81", await SendAsync(director));

        var empty = 0;
        provider.Change(() =>
        {
            Interlocked.Increment(ref empty);
            return [];
        });
        await Poll.UntilAsync(() => Volatile.Read(ref empty) > 0, Cancel);
        Assert.Equal("127.0.0.1:81", await SendAsync(director));

        provider.Change(() => [IPEndPoint.Parse("127.0.0.2:82")]);
        await Poll.UntilAsync(() => Members(director) == "127.0.0.2:82", Cancel);
    }

    [Fact]
    public async Task Members_at_metadata_addresses_are_left_out()
    {
        var provider = new Scripted { Answer = () => [IPEndPoint.Parse("169.254.169.254:80"), IPEndPoint.Parse("[::ffff:127.0.0.1]:81")] };
        await using var services = Container(provider);
        Assert.Equal("127.0.0.1:81", (await new DiscoveredNames(services.GetRequiredService<ServiceEndpointResolver>(), "quotes").FirstAsync()).Words());
    }

    [Fact]
    public async Task The_configuration_provider_is_followed_through_a_reload()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Services:quotes:http:0"] = "127.0.0.1:81" }).Build();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration)
            .AddServiceDiscoveryCore().AddConfigurationServiceEndpointProvider().BuildServiceProvider();
        await using var director = Directing(services);
        await director.ReadyAsync(Cancel);
        Assert.Equal("127.0.0.1:81", Members(director));
        configuration["Services:quotes:http:1"] = "127.0.0.2:82";
        configuration.Reload();
        await Poll.UntilAsync(() => Members(director) == "127.0.0.1:81 127.0.0.2:82", Cancel);
    }

    [Fact]
    public async Task A_change_is_heard_long_after_the_resolver_would_have_forgotten_the_service()
    {
        var provider = new Scripted { Answer = () => [IPEndPoint.Parse("127.0.0.1:81")] };
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        await using var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(time)
            .AddServiceDiscoveryCore().AddSingleton<IServiceEndpointProviderFactory>(provider).BuildServiceProvider();
        await using var director = new Director("quotes", new DiscoveredNames(services.GetRequiredService<ServiceEndpointResolver>(), "quotes"),
            new DirectorOptions { Time = time, SourceRetry = TimeSpan.FromMilliseconds(50) });
        await director.ReadyAsync(Cancel);
        for (var i = 0; i < 120; i++)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Yield();
        }
        provider.Change(() => [IPEndPoint.Parse("127.0.0.2:82")]);
        await Poll.UntilAsync(() =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return Members(director) == "127.0.0.2:82";
        }, Cancel);
    }

    [Fact]
    public async Task A_name_that_cannot_be_looked_for_is_refused()
    {
        var provider = new Scripted();
        await using var services = Container(provider);
        var names = Names.Core.WithServiceDiscovery(services.GetRequiredService<ServiceEndpointResolver>());
        Assert.Contains("not signed", Assert.Throws<FormatException>(() =>
            names.Open(ServiceName.Parse("discovery:quotes"), new Opening(names) { SignedBy = "key" })).Message, StringComparison.Ordinal);
        Assert.Contains("discovery", names.Forms);
    }
}
