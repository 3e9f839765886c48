using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Gossip;
using Xunit;

namespace SmartClients.Chat.Server.Tests.Support;

/// <summary>A peer that tells of rooms, and answers with messages, as a test says.</summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    static readonly SenderKey Key = SenderKey.Create();

    readonly WebApplication app;
    readonly Lock gate = new();
    readonly List<(long At, RoomHead Head)> heads = [];
    readonly ConcurrentDictionary<string, int> askedFor = new();
    int asked;

    ScriptedPeer(WebApplication app) => this.app = app;

    public Uri Address => new(app.Urls.Single());

    /// <summary>How often it was asked what has changed.</summary>
    public int Asked => Volatile.Read(ref asked);

    public ConcurrentDictionary<string, IReadOnlyList<ChatMessage>> Messages { get; } = new();

    /// <summary>How often it was asked for what a room has.</summary>
    public int AskedFor(string room) => askedFor.GetValueOrDefault(room);

    public static ChatMessage Message(long sequence) => new(Key.Sender, sequence, "id" + sequence, "ada", "line " + sequence, 1000);

    /// <summary>A room has changed: it goes as far as this message.</summary>
    public void Head(string room, long sequence)
    {
        var have = new VersionVector();
        have.Advance(Key.Sender, sequence);
        lock (gate) heads.Add((heads.Count + 1, new RoomHead(room, have)));
    }

    public static async Task<ScriptedPeer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var peer = new ScriptedPeer(builder.Build());
        peer.app.MapGet("/v1/gossip", peer.ChangesAsync);
        peer.app.MapPost("/v1/gossip/rooms/{room}", peer.MissingAsync);
        await peer.app.StartAsync(TestContext.Current.CancellationToken);
        return peer;
    }

    Task ChangesAsync(HttpContext context)
    {
        Interlocked.Increment(ref asked);
        var after = long.Parse(context.Request.Query["after"].ToString(), System.Globalization.CultureInfo.InvariantCulture);
        lock (gate)
            return context.Response.WriteAsJsonAsync(
                new ChangesAnswer("scripted", heads.Count, [.. heads.Where(head => head.At > after).Select(head => head.Head)], 0, null), GossipJson.Plain.ChangesAnswer);
    }

    Task MissingAsync(HttpContext context, string room)
    {
        askedFor.AddOrUpdate(room, 1, (_, count) => count + 1);
        return context.Response.WriteAsJsonAsync(new MissingAnswer(Messages[room]), GossipJson.Plain.MissingAnswer);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();
}
