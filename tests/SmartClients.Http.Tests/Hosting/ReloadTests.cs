using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SmartClients.Http.Tests.Support;
using Xunit;

namespace SmartClients.Http.Tests.Hosting;

/// <summary>Options from configuration, changed while requests go on.</summary>
public class ReloadTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_are_read_from_configuration_and_change_with_it()
    {
        var (configuration, network, provider) = Make(("SmartClients:quotes:Members:0", "a:1"));
        await using var disposal = provider;
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        using (await client.GetAsync("x", Cancel)) { }
        configuration["SmartClients:quotes:Members:0"] = "b:2";
        configuration.Reload();
        using (await client.GetAsync("x", Cancel)) { }
        Assert.Equal(["http://a:1/x", "http://b:2/x"], network.Sent.Select(m => m.RequestUri!.ToString()));
    }

    [Fact]
    public async Task What_was_learnt_survives_a_reload_and_a_broken_one_changes_nothing()
    {
        var (configuration, _, provider) = Make(("SmartClients:quotes:Name", "list:a:1,b:2"));
        await using var disposal = provider;
        var directors = provider.GetRequiredService<SmartClients.Http.Hosting.SmartClientDirectors>().Get("quotes");
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        for (var i = 0; i < 10; i++) using (await client.GetAsync("x", Cancel)) { }
        var before = directors.Current;

        configuration["SmartClients:quotes:Timeout"] = "00:00:07";
        configuration.Reload();
        var after = directors.Current;
        Assert.NotSame(before, after);
        await after.ReadyAsync(Cancel);
        Assert.Equal(10, after.Members.Sum(m => m.Requests));

        configuration["SmartClients:quotes:Name"] = "list:nowhere";
        configuration.Reload();
        Assert.Same(after, directors.Current);
        using (await client.GetAsync("x", Cancel)) { }
    }

    [Theory]
    [InlineData("Name", "list:a:99999", "99999")]
    [InlineData("Name", "nonsense:1", "nonsense")]
    [InlineData("Name", "service://no_such_letter", "no_such_letter")]
    [InlineData("Policy", "best", "best")]
    [InlineData("Timeout", "-00:00:01", "Timeout")]
    public async Task A_wrong_value_is_named_in_one_clear_error(string key, string value, string named)
    {
        var (_, _, provider) = Make(("SmartClients:quotes:Members:0", "a:1"), ($"SmartClients:quotes:{key}", value));
        await using var disposal = provider;
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes"));
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
        Assert.Contains("quotes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_without_members_says_what_to_set()
    {
        var (_, _, provider) = Make();
        await using var disposal = provider;
        var error = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes"));
        Assert.Contains("SmartClients:quotes:Members", error.Message, StringComparison.Ordinal);
    }

    static (IConfigurationRoot, FakeNetwork, ServiceProvider) Make(params (string, string)[] values)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Item1, (string?)v.Item2))).Build();
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message }));
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddHttpClient("quotes").ConfigurePrimaryHttpMessageHandler(() => network).AddSmartClient("quotes");
        return (configuration, network, services.BuildServiceProvider());
    }
}
