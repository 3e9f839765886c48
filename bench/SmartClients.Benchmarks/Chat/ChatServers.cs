using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.Benchmarks.Running;
using SmartClients.Benchmarks.Servers;
using SmartClients.Chat.Server;

namespace SmartClients.Benchmarks.Chat;

/// <summary>The servers compared, each in a process of its own.</summary>
static class ChatServers
{
    public static Task RunSmartAsync(Arguments arguments)
    {
        var builder = Builder(arguments);
        builder.Services.AddChatServer(new ChatServerOptions
        {
            Data = arguments.Text("data"),
            Redis = arguments.Text("redis"),
            Peers = [.. (arguments.Text("peers") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(port => new Uri($"http://127.0.0.1:{port}"))],
            MostReadersPerAddress = 100_000,
            MessagesPerSecond = 100_000,
            MessagesPerSecondAndAddress = 1_000_000,
        });
        var app = builder.Build();
        app.UseChatServer();
        return ServerProcess.ServeAsync(app);
    }

    public static Task RunSignalRAsync(Arguments arguments)
    {
        var builder = Builder(arguments);
        var signalR = builder.Services.AddSignalR();
        if (arguments.Text("redis") is { } redis) signalR.AddStackExchangeRedis(redis);
        var app = builder.Build();
        app.MapHub<BenchHub>("/hub");
        return ServerProcess.ServeAsync(app);
    }

    static WebApplicationBuilder Builder(Arguments arguments)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server => server.Listen(IPAddress.Loopback, arguments.Count("port", 0)));
        return builder;
    }
}

/// <summary>Sends each line to all.</summary>
sealed class BenchHub : Hub
{
    public Task Send(string text) => Clients.All.SendAsync("message", text);
}
