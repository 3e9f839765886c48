using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SmartClients.Http.Tests.Support;

/// <summary>A real server on loopback, with one answer for everything.</summary>
internal sealed class Server : IAsyncDisposable
{
    readonly WebApplication app;
    int received;

    Server(WebApplication app) => this.app = app;

    public string Address => new Uri(app.Urls.Single()).Authority;

    public int Received => Volatile.Read(ref received);

    public static async Task<Server> StartAsync(RequestDelegate answer, HttpProtocols protocols = HttpProtocols.Http1, Action<ListenOptions>? listen = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, l =>
        {
            l.Protocols = protocols;
            listen?.Invoke(l);
        }));
        var app = builder.Build();
        var server = new Server(app);
        app.Run(context =>
        {
            Interlocked.Increment(ref server.received);
            return answer(context);
        });
        await app.StartAsync();
        return server;
    }

    /// <summary>Answers 200 with a short text of known length.</summary>
    public static Task Hello(HttpContext context) => Text(context, "hello");

    public static Task Text(HttpContext context, string text, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentLength = text.Length;
        return context.Response.WriteAsync(text);
    }

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();
}
