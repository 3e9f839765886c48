using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SmartClients.AspNetCore;
using SmartClients.Learning.Orca;

namespace SmartClients.Http.Tests.Loads;

/// <summary>A replica on a real Kestrel, on a port of the system's choosing; it notes what it was asked.</summary>
sealed class LoadServer : IAsyncDisposable
{
    readonly WebApplication app;
    readonly ConcurrentQueue<string> asked;

    LoadServer(WebApplication app, ConcurrentQueue<string> asked) => (this.app, this.asked) = (app, asked);

    public string Address => new Uri(app.Urls.Single()).Authority;

    public WebApplication App => app;

    public LoadState Load => app.Services.GetRequiredService<LoadState>();

    /// <summary>The paths and queries that were asked for.</summary>
    public IReadOnlyCollection<string> Asked => asked;

    /// <summary>A server that helps.</summary>
    public static Task<LoadServer> HelpingAsync(TimeSpan? drain = null, string url = "http://127.0.0.1:0") =>
        StartAsync(app =>
        {
            app.UseDrain();
            app.UseLoadReports();
            app.MapLoadReports();
            app.MapGet("/", () => "hello");
        }, drain, url);

    /// <summary>A server that answers as told where its load is asked for.</summary>
    public static Task<LoadServer> AnsweringAsync(RequestDelegate answer) => StartAsync(app => app.MapGet(Wire.LoadPath, answer));

    /// <summary>A server that knows nothing of load.</summary>
    public static Task<LoadServer> OrdinaryAsync() => StartAsync(app => app.MapGet("/", () => "hello"));

    static async Task<LoadServer> StartAsync(Action<WebApplication> configure, TimeSpan? drain = null, string url = "http://127.0.0.1:0")
    {
        var asked = new ConcurrentQueue<string>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Services.AddLoadReports().AddDrain(o => (o.Period, o.Quiet) = (drain ?? TimeSpan.Zero, drain ?? TimeSpan.Zero));
        var app = builder.Build();
        app.Use((context, next) =>
        {
            asked.Enqueue(context.Request.Path + context.Request.QueryString);
            return next(context);
        });
        configure(app);
        await app.StartAsync();
        return new LoadServer(app, asked);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
