using System.Collections.Immutable;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SmartClients.Http.Hosting;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Http.Tests.Hosting;

/// <summary><c>AddSmartClient</c> with a <c>service://</c> name.</summary>
public sealed class CertifiedServiceTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly Shelf shelf = new();

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        shelf.Dispose();
        folder.Dispose();
    }

    (FakeNetwork Network, ServiceProvider Provider) Make(Action<SmartClientOptions>? tweak = null)
    {
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message }));
        var services = new ServiceCollection();
        services.AddSmartClientNames(o =>
        {
            o.StateFolder = folder.Path;
            o.Finders.Add(shelf);
        });
        services.AddHttpClient("quotes").ConfigurePrimaryHttpMessageHandler(() => network).AddSmartClient("quotes", o =>
        {
            o.Name = "service://quotes";
            tweak?.Invoke(o);
        });
        return (network, services.BuildServiceProvider());
    }

    static async Task GetAsync(IServiceProvider provider)
    {
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        using var response = await client.GetAsync("x", Cancel);
    }

    static SmartClientDirector Director(IServiceProvider provider) => provider.GetRequiredService<SmartClientDirectors>().Get("quotes");

    [Fact]
    public async Task The_second_start_sends_its_first_request_before_anything_else()
    {
        shelf.Publish(c => c with { Interface = new ClientInterface { Scheme = "https" } });
        var (first, provider) = Make();
        await using (provider) await GetAsync(provider);
        Assert.Equal("https://a:1/x", Assert.Single(first.Sent).RequestUri!.ToString());
        Assert.Equal(1, shelf.Asked);

        var (second, again) = Make();
        await using (again)
        {
            await GetAsync(again);
            Assert.Equal("https://a:1/x", Assert.Single(second.Sent).RequestUri!.ToString());
            Assert.Equal(1, shelf.Asked);
        }
    }

    [Fact]
    public async Task The_service_says_how_and_the_program_says_otherwise()
    {
        shelf.Publish(c => c with
        {
            Policy = new CertifiedPolicy { Name = "round-robin", Hedge = false, Timeout = TimeSpan.FromSeconds(7), AttemptTimeout = TimeSpan.FromSeconds(3) },
            Limits = new CertifiedLimits { Attempts = 2 },
        });
        DirectorOptions? seen = null;
        var (_, provider) = Make(o =>
        {
            o.Timeout = TimeSpan.FromSeconds(9);
            o.Director = options => seen = options with { MaxAttempts = 5 };
        });
        await using var disposal = provider;
        await GetAsync(provider);
        Assert.Equal(("round-robin", false), (seen!.Policy, seen.Hedge));
        Assert.Equal((9, 3), (seen.Timeout.TotalSeconds, seen.AttemptTimeout.TotalSeconds));
        Assert.Equal(2, seen.Within(Director(provider).Current.Source.Advice).MaxAttempts);
    }

    [Fact]
    public async Task A_new_policy_while_it_runs_comes_with_a_new_director_that_knows_what_the_old_one_learnt()
    {
        shelf.Publish(c => c with { Policy = new CertifiedPolicy { Name = "random" } });
        var policies = new List<string>();
        var (network, provider) = Make(o => o.Director = options =>
        {
            lock (policies) policies.Add(options.Policy);
            return options;
        });
        await using var disposal = provider;
        for (var i = 0; i < 5; i++) await GetAsync(provider);
        var before = Director(provider).Current;
        // The first request may have been under way with the director that was there before the certificate was heard.
        var learnt = before.Members.Sum(m => m.Requests);
        Assert.InRange(learnt, 4, 5);
        shelf.Publish(c => c with { Policy = new CertifiedPolicy { Name = "round-robin" } });
        before.GroupChanged();
        await Until.TrueAsync(() => Director(provider).Current != before, "another director");
        Assert.Equal("round-robin", policies[^1]);
        Assert.Equal(learnt, Director(provider).Current.Members.Sum(m => m.Requests));
        await GetAsync(provider);
        Assert.Equal(6, network.Sent.Count);
    }

    [Fact]
    public async Task Without_a_directory_the_remedy_is_told()
    {
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message }));
        var services = new ServiceCollection();
        services.AddSmartClientNames(o => (o.StateFolder, o.Directories) = ("", ""));
        services.AddHttpClient("quotes").ConfigurePrimaryHttpMessageHandler(() => network)
            .AddSmartClient("quotes", o => (o.Name, o.Director) = ("service://quotes", d => d with { FirstMembers = TimeSpan.FromMilliseconds(300) }));
        await using var provider = services.BuildServiceProvider();
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync(provider));
        Assert.Contains("SmartClients:Directories", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "service://quotes", true)]
    [InlineData(false, "service://quotes", false)]
    [InlineData(null, "list:a:1", false)]
    [InlineData(true, "list:a:1", true)]
    public async Task State_is_kept_where_a_certificate_is_or_where_it_is_asked_for(bool? keep, string name, bool kept)
    {
        shelf.Publish();
        var (_, provider) = Make(o => (o.KeepState, o.Name) = (keep, name));
        await using (provider) await GetAsync(provider);
        var state = new Naming.State.StateFolder(folder.Path).Read(name);
        Assert.Equal(kept, state?.Members is not null);
    }

    [Fact]
    public async Task Other_packages_add_their_forms_and_configuration_names_the_directories()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("SmartClients:Directories", (string?)"nonsense:")]).Build());
        services.AddSmartClientNames(o => o.StateFolder = "");
        services.AddSmartClientNames(o => o.AddForms(names => names.With("mine", (name, _) => new StaticNames(new Endpoint(name.Value, 7)))));
        services.AddHttpClient("other").AddSmartClient("other", o => o.Name = "service://other");
        services.AddHttpClient("quotes").AddSmartClient("quotes", o => (o.Name, o.Directories) = ("mine:b", "http://127.0.0.1:1"));
        await using var provider = services.BuildServiceProvider();
        var director = Director(provider).Current;
        await director.ReadyAsync(Cancel);
        Assert.Equal("b:7", Assert.Single(director.Members).Endpoint.Address);
        Assert.Contains("nonsense", Assert.ThrowsAny<Exception>(() => provider.GetRequiredService<SmartClientDirectors>().Get("other")).Message, StringComparison.Ordinal);
    }

    sealed class Shelf : CertificateFinder, IDisposable
    {
        readonly SigningKey key = SigningKey.Create();
        readonly TimeProvider time = TimeProvider.System;
        ReadOnlyMemory<byte> document;
        long serial;
        int asked;

        public int Asked => Volatile.Read(ref asked);

        public override string Description => "shelf";

        public void Publish(Func<ServiceCertificate, ServiceCertificate>? change = null)
        {
            var now = time.GetUtcNow();
            var certificate = new ServiceCertificate
            {
                Name = "quotes",
                Serial = ++serial,
                Issued = now,
                Expires = now + TimeSpan.FromDays(1),
                Endpoints = [new Endpoint("a", 1)],
            };
            document = key.Sign(change?.Invoke(certificate) ?? certificate);
        }

        public override ValueTask<ImmutableArray<FoundCertificate>> FindAsync(ServiceName name, TimeProvider time, CancellationToken cancel)
        {
            Interlocked.Increment(ref asked);
            return new([new FoundCertificate(document, "shelf")]);
        }

        public void Dispose() => key.Dispose();
    }
}
