using System.Globalization;
using Microsoft.AspNetCore.Http;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Serving;
using SmartClients.Chat.Server.Storage;

namespace SmartClients.Chat.Server.Gossip;

/// <summary>
/// What peers ask: <c>GET /v1/gossip</c> for the rooms that have changed, with their version vectors, and
/// <c>POST /v1/gossip/rooms/{room}</c> with the asker's vector for what it lacks.
/// </summary>
internal sealed class GossipEndpoints(RoomStore store, LocalPeople people, StoreChange change, PeerBoard board, Admission admission, ChatServerOptions options, TimeProvider time)
{
    public const int MostMessages = 500;

    /// <summary>The most bytes of an answer, or of a question: the largest vector alone, with the people, is less.</summary>
    public const int MostBytes = 8 << 20;
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    const int MostRooms = 50;
    const long MostOfHeads = 2 << 20;
    const int MostOfMessages = 1 << 19;

    /// <summary>The rooms that have changed; waits for one where it is asked to.</summary>
    public async Task ChangesAsync(HttpContext context)
    {
        admission.Peer(context);
        board.Asked(context.Request.Query["by"].ToString());
        var (after, seen) = (Number(context, "after"), Number(context, "seen"));
        var began = time.GetTimestamp();
        while (true)
        {
            var news = change.Next;
            var rooms = await store.ChangedAsync(after, MostRooms, context.RequestAborted);
            var (version, here) = people.Now();
            var left = LongestWait - time.GetElapsedTime(began);
            if (rooms.Count == 0 && version == seen && context.Request.Query.ContainsKey("wait") && left > TimeSpan.Zero)
            {
                // In steps: who comes and goes wakes nobody.
                await Task.WhenAny(news, Task.Delay(left < options.Beat ? left : options.Beat, time, context.RequestAborted));
                continue;
            }
            var (heads, last) = await HeadsAsync(rooms, after, context.RequestAborted);
            await context.Response.WriteAsJsonAsync(
                new ChangesAnswer(store.Identity, last, heads, version, version == seen ? null : here), GossipJson.Plain.ChangesAnswer, cancellationToken: context.RequestAborted);
            return;
        }
    }

    // The first of them, and on as far as they go into one answer together.
    async Task<(List<RoomHead> Heads, long Last)> HeadsAsync(IReadOnlyList<(string Room, long Last)> rooms, long after, CancellationToken cancel)
    {
        List<RoomHead> heads = [];
        var bytes = 0L;
        foreach (var (room, last) in rooms)
        {
            var head = new RoomHead(room, (await store.HeadAsync(room, cancel)).Have);
            if (heads.Count > 0 && bytes + head.Bytes > MostOfHeads) break;
            heads.Add(head);
            (bytes, after) = (bytes + head.Bytes, last);
        }
        return (heads, after);
    }

    /// <summary>What the asker lacks of a room.</summary>
    public async Task MissingAsync(HttpContext context, string room)
    {
        admission.Peer(context);
        if (ChatRules.ProblemOfRoom(room) is { } problem) throw Refusal.BadRequest(problem);
        var question = await Body.ReadAsync(context, GossipJson.Default.MissingQuestion, MostBytes, options.BodyTimeout, time);
        if (question.Have is not { } have) throw Refusal.BadRequest("have is missing: send the version vector of what is there.");
        var position = await store.StartAsync(room, have, context.RequestAborted);
        List<ChatMessage> missing = [];
        var bytes = 0;
        while (missing.Count < MostMessages && bytes < MostOfMessages && await store.ReadAsync(room, position, MostMessages, context.RequestAborted) is { Count: > 0 } page)
        {
            foreach (var entry in page)
            {
                position = entry.Position;
                if (entry.Message.Sequence <= have[entry.Message.Sender]) continue;
                missing.Add(entry.Message);
                bytes += 300 + 2 * entry.Message.Text.Length;
                if (missing.Count == MostMessages || bytes >= MostOfMessages) break;
            }
        }
        await context.Response.WriteAsJsonAsync(new MissingAnswer(missing), GossipJson.Plain.MissingAnswer, cancellationToken: context.RequestAborted);
    }

    static long Number(HttpContext context, string name)
    {
        var given = context.Request.Query[name].ToString();
        if (given.Length == 0) return 0;
        return long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Refusal.BadRequest($"{name} is not a whole number.");
    }
}
