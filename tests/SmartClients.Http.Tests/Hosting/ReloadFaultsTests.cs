using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartClients.Http.Hosting;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests.Hosting;

/// <summary>No reload, whatever it brings and whenever it comes, fails a request.</summary>
public sealed class ReloadFaultsTests : IDisposable
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    readonly string file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(file);

    [Fact]
    public async Task Reloads_under_load_lose_no_request()
    {
        var (configuration, _, provider) = Make(("Members:0", "a:1"));
        await using var disposal = provider;
        using var client = Client(provider);
        var stop = false;
        var workers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (!Volatile.Read(ref stop)) using (await client.GetAsync("x", Cancel)) { }
        }, Cancel)).ToArray();
        for (var i = 0; i < 2000; i++)
        {
            configuration["SmartClients:quotes:Timeout"] = $"00:00:{10 + (i & 1)}";
            configuration.Reload();
            if (i % 50 == 0) await Task.Yield();
        }
        Volatile.Write(ref stop, true);
        await Task.WhenAll(workers);
    }

    [Fact]
    public async Task A_request_that_finds_its_director_disposed_goes_to_the_next()
    {
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message }));
        var old = Director.For("list:a:1");
        await old.ReadyAsync(Cancel);
        await old.DisposeAsync();
        await using var next = Director.For("list:b:2");
        var asked = 0;
        using var handler = new SmartHandler(() => asked++ == 0 ? old : next, () => new SmartHandlerOptions()) { InnerHandler = network };
        using var client = new HttpClient(handler);
        using (await client.PostAsync("service://quotes/", new StringContent("x"), Cancel)) { }
        Assert.Equal("b", network.Sent.Single().RequestUri!.Host);
    }

    [Fact]
    public async Task What_the_network_says_was_disposed_is_not_sent_again()
    {
        var network = new FakeNetwork((_, _) => throw new ObjectDisposedException("a body"));
        await using var first = Director.For("list:a:1");
        await using var second = Director.For("list:b:2");
        await first.ReadyAsync(Cancel);
        var asked = 0;
        using var handler = new SmartHandler(() => asked++ == 0 ? first : second, () => new SmartHandlerOptions()) { InnerHandler = network };
        using var client = new HttpClient(handler);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.PostAsync("service://quotes/", new StringContent("x"), Cancel));
        Assert.Single(network.Sent);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_half_written_members_file_serves_on_whether_the_options_changed_or_not(bool changed)
    {
        await File.WriteAllTextAsync(file, """{"members":["a:1"]}""", Cancel);
        var (configuration, _, provider) = Make(("Name", "file:" + file));
        await using var disposal = provider;
        using var client = Client(provider);
        using (await client.GetAsync("x", Cancel)) { }
        var before = provider.GetRequiredService<SmartClientDirectors>().Get("quotes").Current;
        await File.WriteAllTextAsync(file, "{", Cancel);
        if (changed) configuration["SmartClients:quotes:Timeout"] = "00:00:07";
        configuration.Reload();
        using (await client.GetAsync("x", Cancel)) { }
        Assert.Equal(changed, before != provider.GetRequiredService<SmartClientDirectors>().Get("quotes").Current);
    }

    [Theory]
    [InlineData("Scheme", "ftp")]
    [InlineData("BufferUpTo", "-1")]
    [InlineData("Timeout", "abc")]
    [InlineData("PollLoad", "00:00:00.001")]
    [InlineData("KeepAlivePath", "alive")]
    public async Task A_wrong_value_is_not_taken_and_named_where_it_was_there_from_the_start(string key, string value)
    {
        var (configuration, _, provider) = Make(("Members:0", "a:1"));
        await using var disposal = provider;
        using (var client = Client(provider)) using (await client.GetAsync("x", Cancel)) { }
        configuration["SmartClients:quotes:" + key] = value;
        configuration.Reload();
        // What a rotation of the handlers does.
        using (var handler = new HttpMessageInvoker(provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("quotes"), disposeHandler: false))
        using (await handler.SendAsync(new HttpRequestMessage(HttpMethod.Get, "service://quotes/"), Cancel)) { }

        var (_, _, other) = Make(("Members:0", "a:1"), (key, value));
        await using var disposalToo = other;
        var error = Assert.Throws<OptionsValidationException>(() => Client(other));
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.Contains(value, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_handlers_are_made_from_the_last_good_options()
    {
        var (configuration, _, provider) = Make(("Members:0", "a:1"));
        await using var disposal = provider;
        using (Client(provider)) { }
        configuration["SmartClients:quotes:Timeout"] = "abc";
        configuration.Reload();
        var builder = provider.GetRequiredService<Microsoft.Extensions.Http.HttpMessageHandlerBuilder>();
        builder.Name = "quotes";
        foreach (var action in provider.GetRequiredService<IOptionsMonitor<Microsoft.Extensions.Http.HttpClientFactoryOptions>>().Get("quotes").HttpMessageHandlerBuilderActions)
            action(builder);
        using var invoker = new HttpMessageInvoker(builder.Build(), disposeHandler: false);
        using var response = await invoker.SendAsync(new HttpRequestMessage(HttpMethod.Get, "service://quotes/"), Cancel);
        Assert.True(response.IsSuccessStatusCode);
    }

    [Fact]
    public async Task A_configuration_that_was_wrong_at_the_start_is_taken_once_mended()
    {
        var (configuration, _, provider) = Make(("Name", "nonsense:1"));
        await using var disposal = provider;
        Assert.Throws<OptionsValidationException>(() => Client(provider));
        configuration["SmartClients:quotes:Name"] = "list:a:1";
        configuration.Reload();
        using var client = Client(provider);
        using (await client.GetAsync("x", Cancel)) { }
    }

    [Fact]
    public async Task What_the_handler_is_told_reaches_a_client_that_is_held()
    {
        var (configuration, network, provider) = Make(("Members:0", "a:1"));
        await using var disposal = provider;
        using var client = Client(provider);
        configuration["SmartClients:quotes:Scheme"] = "https";
        configuration["SmartClients:quotes:HostFromService"] = "true";
        configuration.Reload();
        using (await client.GetAsync("x", Cancel)) { }
        Assert.Equal("https", network.Sent[^1].RequestUri!.Scheme);
        Assert.Equal("quotes", network.Sent[^1].Headers.Host);
    }

    [Theory]
    [InlineData(false, "b")]
    [InlineData(true, "a")]
    public async Task Code_wins_over_configuration(bool nameInCode, string expected)
    {
        var (_, network, provider) = Make([("Name", "list:c:3")], o =>
        {
            if (nameInCode) o.Name = "list:a:1";
            else o.Members.Add("b:2");
        });
        await using var disposal = provider;
        using var client = Client(provider);
        using (await client.GetAsync("x", Cancel)) { }
        Assert.Equal(expected, network.Sent.Single().RequestUri!.Host);
    }

    static HttpClient Client(ServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");

    static (IConfigurationRoot, FakeNetwork, ServiceProvider) Make(params (string, string)[] values) => Make(values, null);

    static (IConfigurationRoot, FakeNetwork, ServiceProvider) Make((string, string)[] values, Action<SmartClientOptions>? inCode)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Select(v => KeyValuePair.Create("SmartClients:quotes:" + v.Item1, (string?)v.Item2))).Build();
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message }));
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddHttpClient("quotes").ConfigurePrimaryHttpMessageHandler(() => network).AddSmartClient("quotes", inCode);
        return (configuration, network, services.BuildServiceProvider());
    }
}
