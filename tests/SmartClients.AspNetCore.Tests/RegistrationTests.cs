using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.AspNetCore.Tests;

/// <summary>Servers that register themselves in a real etcd.</summary>
public class RegistrationTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    static Task<RunningServer> StartAsync(
        Etcd etcd, Action<RegistrationOptions>? configure = null, Action<IServiceCollection>? before = null, Action<IServiceCollection>? after = null) =>
        RunningServer.StartAsync(
            services =>
            {
                before?.Invoke(services);
                services.AddRegistration($"etcd:quotes@{etcd.Address}", configure);
                after?.Invoke(services);
            },
            app => app.MapGet("/", () => "hello"));

    static string Key(RunningServer server) => "smartclients/quotes/" + server.Client.BaseAddress!.Authority;

    [Fact]
    public async Task A_server_registers_itself_once_it_listens_and_takes_itself_out_before_it_stops()
    {
        await using var etcd = await Etcd.StartAsync(Cancel);
        var (key, found, answer) = ("", "not asked", "");
        RunningServer? running = null;
        // Hosts ask those that were added last first: this one is asked next, while the server still listens.
        var next = new AskedToStop(async () =>
        {
            found = await etcd.GetAsync(key, Cancel) ?? "gone";
            answer = await running!.Client.GetStringAsync("/", Cancel);
        });
        await using var server = running = await StartAsync(etcd, before: services => services.AddHostedService(_ => next));
        key = Key(server);
        await etcd.ThereAsync(key, Cancel);

        await server.App.StopAsync(Cancel);

        Assert.Equal(("gone", "hello"), (found, answer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task With_a_drain_it_takes_itself_out_at_the_beginning_and_serves_on(bool drainIsAddedFirst)
    {
        static void Drain(IServiceCollection services) => services.AddDrain(o => (o.Period, o.Quiet) = (TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1)))
            .Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromMinutes(5));
        await using var etcd = await Etcd.StartAsync(Cancel);
        await using var server = await StartAsync(etcd, null, drainIsAddedFirst ? Drain : null, drainIsAddedFirst ? null : Drain);
        await etcd.ThereAsync(Key(server), Cancel);

        using var enough = new CancellationTokenSource();
        var stopped = server.App.StopAsync(enough.Token);
        await etcd.GoneAsync(Key(server), Cancel);
        Assert.Equal("hello", await server.Client.GetStringAsync("/", Cancel));
        Assert.False(stopped.IsCompleted);
        await enough.CancelAsync();
        await RunningServer.UntilAsync(() => stopped.IsCompleted);
    }

    [Fact]
    public async Task It_says_of_itself_what_the_options_say()
    {
        await using var etcd = await Etcd.StartAsync(Cancel);
        await using var server = await StartAsync(etcd, options =>
        {
            (options.Address, options.Weight, options.Zone, options.Authority) = ("quotes.example", 2, "b", "quotes");
            options.Metadata["version"] = "7";
        });
        var port = server.Client.BaseAddress!.Port;

        await etcd.ThereAsync($"smartclients/quotes/quotes.example:{port}", Cancel);

        Assert.Equal(
            $$$"""{"address":"quotes.example:{{{port}}}","zone":"b","weight":2,"authority":"quotes","metadata":{"version":"7"}}""",
            await etcd.GetAsync($"smartclients/quotes/quotes.example:{port}", Cancel));
    }

    [Fact]
    public async Task An_etcd_that_cannot_be_reached_keeps_no_server_from_starting()
    {
        await using var etcd = await Etcd.StartAsync(Cancel);
        await etcd.KillAsync(Cancel);
        await using var server = await StartAsync(etcd);
        Assert.Equal("hello", await server.Client.GetStringAsync("/", Cancel));

        await etcd.RestartAsync(Cancel);

        await etcd.ThereAsync(Key(server), Cancel);
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080", null, "0.0.0.0:8080 is every address of this machine, and tells nobody how to reach it: set RegistrationOptions.Address")]
    [InlineData("http://[::]:8080", null, "[::]:8080 is every address")]
    [InlineData("http://*:8080", null, "0.0.0.0:8080 is every address")]
    [InlineData("http://+:8080", null, "0.0.0.0:8080 is every address")]
    [InlineData("http://10.0.0.1:8080", "0.0.0.0:9000", "0.0.0.0:9000 is every address")]
    [InlineData("http://unix:/tmp/x.sock", null, "set RegistrationOptions.Address")]
    public void An_address_that_reaches_nobody_is_refused(string listening, string? address, string expected) =>
        Assert.Contains(
            expected,
            Assert.Throws<InvalidOperationException>(() => AdvertisedAddress.Find(new RegistrationOptions { Address = address }, [listening])).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("http://10.0.0.1:8080", null, "10.0.0.1:8080")]
    [InlineData("http://localhost:8080", null, "localhost:8080")]
    [InlineData("http://[fd00::1]:8080", null, "[fd00::1]:8080")]
    [InlineData("http://*:8080", "quotes-1", "quotes-1:8080")]
    [InlineData("http://*:8080", "quotes-1:80", "quotes-1:80")]
    [InlineData("http://unix:/tmp/x.sock", "quotes-1:80", "quotes-1:80")]
    public void An_address_is_the_programs_or_the_servers_own(string listening, string? address, string expected) =>
        Assert.Equal(expected, AdvertisedAddress.Find(new RegistrationOptions { Address = address }, [listening]).Address);

    [Fact]
    public async Task A_server_does_not_start_with_an_address_that_reaches_nobody()
    {
        await using var etcd = await Etcd.StartAsync(Cancel);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(etcd, options => options.Address = "0.0.0.0"));
        Assert.Contains("RegistrationOptions.Address", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_no_place_is_refused_where_it_is_written() =>
        Assert.Throws<FormatException>(() => new ServiceCollection().AddRegistration("list:a:80"));

    sealed class AskedToStop(Func<Task> act) : IHostedLifecycleService
    {
        public Task StoppingAsync(CancellationToken cancellationToken) => act();

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
