using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SmartClients.Http.Hosting;
using SmartClients.Http.Tests.Loads;
using SmartClients.Http.Tests.Support;
using SmartClients.Learning;
using SmartClients.Membership;
using Xunit;

namespace SmartClients.Http.Tests.Hosting;

/// <summary>What a program reaches of the directors that <c>AddSmartClient</c> made.</summary>
public class SmartClientDirectorsTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static readonly Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> Good =
        (message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message });

    [Fact]
    public async Task Decisions_are_heard_across_a_reload_and_no_longer_once_unsubscribed()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("SmartClients:quotes:Members:0", (string?)"a:1")]).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddHttpClient("quotes").ConfigurePrimaryHttpMessageHandler(() => new FakeNetwork(Good)).AddSmartClient("quotes");
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        var director = provider.GetRequiredService<SmartClientDirectors>().Get("quotes");
        var heard = 0;
        void Hear(Picking.Decision _) => heard++;
        director.Decided += Hear;
        using (await client.GetAsync("x", Cancel)) { }
        configuration["SmartClients:quotes:Timeout"] = "00:00:07";
        configuration.Reload();
        using (await client.GetAsync("x", Cancel)) { }
        Assert.Equal(2, heard);
        director.Decided -= Hear;
        using (await client.GetAsync("x", Cancel)) { }
        Assert.Equal(2, heard);
    }

    [Fact]
    public async Task Clients_of_one_service_with_equal_options_share_what_is_learnt_and_others_do_not()
    {
        var services = new ServiceCollection();
        foreach (var name in new[] { "one", "two", "other" })
            services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => new FakeNetwork(Good)).AddSmartClient("quotes", o =>
            {
                o.Name = "list:a:1";
                o.Scheme = name == "two" ? "https" : "http";
                o.Director = d => d with { MaxAttempts = name == "other" ? 1 : 2 };
            });
        await using var provider = services.BuildServiceProvider();
        var directors = provider.GetRequiredService<SmartClientDirectors>();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("one");
        using (await client.GetAsync("x", Cancel)) { }
        Assert.Same(directors.Get("one").Current, directors.Get("two").Current);
        Assert.Same(directors.Get("one"), directors.Get("quotes"));
        Assert.NotSame(directors.Get("one").Current, directors.Get("other").Current);
        Assert.Equal(1, directors.Get("two").Current.Members.Single().Requests);
        Assert.Contains("one, two, other", Assert.Throws<ArgumentException>(() => directors.Get("nobody")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_director_that_another_client_shares_outlives_the_change_of_one()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        foreach (var name in new[] { "one", "two" })
            services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => new FakeNetwork(Good)).AddSmartClient("quotes", o =>
            {
                o.Name = "list:a:1";
                if (name == "one") o.MaxAttempts = 3;
                else o.MaxAttempts ??= 3;
            });
        await using var provider = services.BuildServiceProvider();
        using var first = provider.GetRequiredService<IHttpClientFactory>().CreateClient("one");
        using var second = provider.GetRequiredService<IHttpClientFactory>().CreateClient("two");
        using (await first.GetAsync("x", Cancel)) { }
        configuration["SmartClients:quotes:MaxAttempts"] = "1";
        configuration.Reload();
        using (await first.GetAsync("x", Cancel)) { }
        using (await second.GetAsync("x", Cancel)) { }
        var directors = provider.GetRequiredService<SmartClientDirectors>();
        Assert.Equal(2, directors.Get("one").Current.Members.Single().Requests);
        Assert.Equal(2, directors.Get("two").Current.Members.Single().Requests);
    }

    [Theory]
    [InlineData(true, ReportSource.Polled)]
    [InlineData(false, ReportSource.Pushed)]
    public async Task Load_is_asked_for_or_listened_to_where_the_options_say_so(bool poll, ReportSource expected)
    {
        await using var server = await LoadServer.HelpingAsync();
        var services = new ServiceCollection();
        services.AddHttpClient("quotes").AddSmartClient("quotes", o =>
        {
            o.Name = "list:" + server.Address;
            o.PollLoad = poll ? TimeSpan.FromMilliseconds(20) : null;
            o.ListenForLoad = !poll;
        });
        await using var provider = services.BuildServiceProvider();
        var director = provider.GetRequiredService<SmartClientDirectors>().Get("quotes");
        await Until.TrueAsync(() => director.Current.Members.Any(m => m.Evidence is not null), "a load report");
        Assert.Equal(expected, director.Current.Members.Single().Evidence!.Source);
    }

    [Fact]
    public async Task Probes_are_sent_where_the_options_say_so()
    {
        await using var one = await LoadServer.HelpingAsync();
        await using var two = await LoadServer.HelpingAsync();
        var services = new ServiceCollection();
        services.AddHttpClient("quotes").AddSmartClient("quotes", o =>
        {
            o.Name = $"list:{one.Address},{two.Address}";
            o.Policy = "prequal";
            o.ProbeLoad = true;
        });
        await using var provider = services.BuildServiceProvider();
        using var client = provider.GetRequiredService<IHttpClientFactory>().CreateClient("quotes");
        Assert.Equal("hello", await client.GetStringAsync(new Uri("http://quotes/"), Cancel));
        var director = provider.GetRequiredService<SmartClientDirectors>().Get("quotes");
        await Until.TrueAsync(() => director.Current.Members.Any(m => m.Evidence is { Source: ReportSource.Probed }), "an answer to a probe");
    }

    [Theory]
    [InlineData(404, ReplicaState.Up)]
    [InlineData(500, ReplicaState.Ejected)]
    public async Task Keep_alives_take_out_who_does_not_answer_well(int status, ReplicaState expected)
    {
        var alive = 0;
        await using var ill = await Server.StartAsync(c =>
        {
            if (c.Request.Path != "/alive") return Server.Hello(c);
            Interlocked.Increment(ref alive);
            return Server.Text(c, "x", status);
        });
        await using var well = await Server.StartAsync(Server.Hello);
        var services = new ServiceCollection();
        services.AddHttpClient("quotes").AddSmartClient("quotes", o =>
        {
            o.Name = $"list:{ill.Address},{well.Address}";
            o.KeepAlivePath = "/alive";
            o.Director = d => d with { KeepAliveInterval = TimeSpan.FromMilliseconds(20), EjectionTime = TimeSpan.FromMinutes(1) };
        });
        await using var provider = services.BuildServiceProvider();
        var director = provider.GetRequiredService<SmartClientDirectors>().Get("quotes");
        await Until.TrueAsync(
            () => Volatile.Read(ref alive) > 4 && director.Current.Members.Single(m => m.Endpoint.Address == ill.Address).State == expected,
            $"{expected} by keep-alives");
        Assert.Equal(ReplicaState.Up, director.Current.Members.Single(m => m.Endpoint.Address == well.Address).State);
    }
}
