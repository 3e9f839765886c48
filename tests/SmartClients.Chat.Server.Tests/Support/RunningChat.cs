using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Storage;
using SmartClients.Naming;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Support;

/// <summary>A chat server on a real Kestrel, with a store in a folder of the test's own.</summary>
internal sealed class RunningChat : IAsyncDisposable
{
    readonly WebApplication app;

    RunningChat(WebApplication app)
    {
        this.app = app;
        Http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public Endpoint Endpoint => new(Http.BaseAddress!.Host, Http.BaseAddress.Port);

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What its store has of a room.</summary>
    public async Task<VersionVector> HeadAsync(string room) => (await Service<RoomStore>().HeadAsync(room, Cancel)).Have;

    public T Service<T>() where T : notnull => app.Services.GetRequiredService<T>();

    public static async Task<RunningChat> StartAsync(string data, Func<ChatServerOptions, ChatServerOptions>? with = null, int port = 0, string host = "127.0.0.1", Action<IServiceCollection>? services = null)
    {
        var options = new ChatServerOptions { Data = data };
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://{host}:{port}");
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddChatServer(with?.Invoke(options) ?? options);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        app.UseChatServer();
        await app.StartAsync(Cancel);
        return new RunningChat(app);
    }

    /// <summary>Several that know each other.</summary>
    public static async Task<IReadOnlyList<RunningChat>> GroupAsync(TemporaryFolder folder, int size, Func<ChatServerOptions, ChatServerOptions>? with = null)
    {
        var ports = Enumerable.Range(0, size).Select(_ => FreePort.Find()).ToList();
        List<RunningChat> servers = [];
        foreach (var port in ports)
            servers.Add(await StartAsync(Path.Combine(folder.Path, "s" + port), options => (with?.Invoke(options) ?? options) with
            {
                Peers = [.. ports.Where(other => other != port).Select(other => new Uri($"http://127.0.0.1:{other}"))],
            }, port));
        return servers;
    }

    /// <summary>As on SIGTERM: it tells its clients to leave, and serves on until nobody comes.</summary>
    public Task StopAsync() => app.StopAsync(Cancel);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}
