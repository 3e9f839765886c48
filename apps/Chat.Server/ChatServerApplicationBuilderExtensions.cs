using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Serving;
using SmartClients.Chat.Server.Storage;

namespace SmartClients.Chat.Server;

/// <summary>A chat server's addresses.</summary>
public static class ChatServerApplicationBuilderExtensions
{
    static readonly string[] ReadMethods = ["GET", "POST"];

    /// <summary>Opens the store, and maps what a chat server answers: <c>/v1/…</c> for clients and peers, <c>/healthz</c>, and the page
    /// at <c>/</c> where it has one.</summary>
    /// <param name="app">An application to whose services a chat server was added.</param>
    /// <exception cref="IOException">The store cannot be opened; the message names it and the remedy.</exception>
    public static WebApplication UseChatServer(this WebApplication app)
    {
        ArgumentNullException.ThrowIfNull(app);
        var services = app.Services;
        _ = services.GetRequiredService<RoomTable>();
        var (post, read, gossip) =
            (services.GetRequiredService<PostEndpoint>(), services.GetRequiredService<ReadEndpoints>(), services.GetRequiredService<GossipEndpoints>());
        // Before a path is looked up among the addresses, of which one is for all that are none.
        if (services.GetRequiredService<ChatServerOptions>().Page is { } page) app.UseClientPage(page);
        app.UseRouting();
        app.UseDrain();
        app.UseLoadReports();
        // Anybody's page may talk to any server: there are no cookies, and who writes shows a secret of the writer's own.
        app.UseCors(policy => policy.AllowAnyOrigin().AllowAnyMethod().AllowAnyHeader()
            .WithExposedHeaders("endpoint-load-metrics", "Service-State", "Service-Group", "Retry-After").SetPreflightMaxAge(TimeSpan.FromHours(1)));
        app.UseMiddleware<Refusals>();
        app.UseWebSockets();
        app.MapLoadReports();
        services.GetRequiredService<StoreWatch>().Watch(app.MapServiceState("/healthz"));
        app.MapPost("/v1/rooms/{room}/messages", post.PostAsync);
        app.Map("/v1/rooms/{room}/socket", read.SocketAsync);
        app.MapMethods("/v1/rooms/{room}/read", ReadMethods, read.EventsAsync);
        app.MapGet("/v1/gossip", gossip.ChangesAsync).WithoutLoad();
        app.MapPost("/v1/gossip/rooms/{room}", gossip.MissingAsync).WithoutLoad();
        var about = services.GetRequiredService<PageEndpoints>();
        app.MapGet("/page.json", about.SettingsAsync).WithoutLoad();
        app.MapGet("/members.json", about.MembersAsync).WithoutLoad();
        app.MapFallback("{*path}", context => throw new Refusal(StatusCodes.Status404NotFound, "There is nothing here. Known: /v1/rooms/ROOM/messages, /v1/rooms/ROOM/socket, /v1/rooms/ROOM/read, /healthz"));
        return app;
    }
}
