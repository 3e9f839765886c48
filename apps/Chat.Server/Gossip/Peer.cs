using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Serving;
using SmartClients.Chat.Server.Storage;

namespace SmartClients.Chat.Server.Gossip;

/// <summary>
/// One peer, and how far its changes are known. That is not kept on disk: after a start everything is compared anew, by version vectors.
/// Only what is asked for is ever taken, from the peers that this server was given.
/// </summary>
internal sealed partial class Peer(
    Uri address, HttpClient client, RoomStore store, RoomTable rooms, PeerBoard board, int index, ChatServerOptions options, TimeProvider time, ILogger log)
{
    readonly PutOffRooms later = new(time);
    string? itsStore;
    long after;
    long seen;

    public Uri Address => address;

    /// <summary>Completes when it next asks this server something. Taken before one looks.</summary>
    public Task Asks => board[index].Asks;

    /// <summary>Takes over what has changed since the last time.</summary>
    /// <exception cref="IOException">Or <see cref="HttpRequestException"/>: the peer does not answer.</exception>
    /// <exception cref="InvalidDataException">It makes no sense.</exception>
    public async Task PullAsync(CancellationToken cancel)
    {
        var began = 0L;
        while (true)
        {
            began = time.GetTimestamp();
            var answer = await AskAsync(cancel);
            if (itsStore is not null && itsStore != answer.Store)
            {
                // It was lost, and has begun anew.
                (itsStore, after) = (null, 0);
                later.Clear();
                board[index].Forget();
                continue;
            }
            itsStore = board[index].Store = answer.Store;
            foreach (var head in answer.Rooms)
                if (!later.Holds(head)) await TryTakeOverAsync(head, cancel);
            if (answer.People is not null) Tell(answer.People);
            seen = answer.Seen;
            if (answer.Last <= after) break;
            after = answer.Last;
        }
        foreach (var head in later.Due) await TryTakeOverAsync(head, cancel);
        if (later.Count == 0) Volatile.Write(ref board[index].Pulled, began);
    }

    /// <summary>It does not answer: nobody is known to be there.</summary>
    public void Lost()
    {
        seen = 0;
        Tell(new Dictionary<string, People>());
    }

    void Tell(IReadOnlyDictionary<string, People> people)
    {
        foreach (var room in board[index].Told(people)) rooms.Find(room)?.PeopleChanged();
    }

    async Task<ChangesAnswer> AskAsync(CancellationToken cancel)
    {
        var wait = options.Interval == TimeSpan.Zero ? "&wait" : "";
        var answer = await SendAsync(HttpMethod.Get, $"/v1/gossip?after={after}&seen={seen}&by={store.Identity}{wait}", null, GossipJson.Default.ChangesAnswer, cancel);
        if (answer.Store is null || answer.Rooms is null || answer.Rooms.Any(head => head is not { Have: not null } || ChatRules.ProblemOfRoom(head.Room) is not null))
            throw new InvalidDataException($"{address} answers with changes that lack a field.");
        if (answer.People?.Any(room => room.Value is not { Count: >= 0, Names: not null } || room.Value.Names.Any(name => ChatRules.ProblemOfName(name) is not null)) is true)
            throw new InvalidDataException($"{address} answers with people who cannot be.");
        return answer;
    }

    // What is wrong with one room is of no concern to the others.
    async Task TryTakeOverAsync(RoomHead head, CancellationToken cancel)
    {
        try
        {
            await TakeOverAsync(head, cancel);
            later.Remove(head.Room);
        }
        catch (InvalidDataException error)
        {
            if (later.Add(head)) PutOff(head.Room, error.Message);
        }
    }

    async Task TakeOverAsync(RoomHead head, CancellationToken cancel)
    {
        while (true)
        {
            var (have, _) = await store.HeadAsync(head.Room, cancel);
            if (have.Covers(head.Have)) break;
            var question = JsonSerializer.SerializeToUtf8Bytes(new MissingQuestion(have), GossipJson.Plain.MissingQuestion);
            var answer = await SendAsync(HttpMethod.Post, $"/v1/gossip/rooms/{head.Room}", question, GossipJson.Default.MissingAnswer, cancel);
            if (answer.Messages is not { Count: > 0 } messages) break;
            await TakeOverAsync(head.Room, messages, cancel);
        }
        // Told only now: what is known to be everywhere is on this server too.
        board[index].Told(head.Room, head.Have);
        board.Told();
        rooms.Find(head.Room)?.Wake();
    }

    async Task TakeOverAsync(string room, IReadOnlyList<ChatMessage> messages, CancellationToken cancel)
    {
        if (messages.Count > GossipEndpoints.MostMessages) throw new InvalidDataException($"{address} answers with more messages than it may.");
        foreach (var message in messages)
            if (message is null || ChatRules.ProblemOf(message) is not null) throw new InvalidDataException($"{address} answers with a message that is none.");
        var appended = await store.TakeOverAsync(room, messages, cancel);
        if (appended.Any(one => one.Outcome is AppendOutcome.Gap)) throw new InvalidDataException($"{address} answers with messages out of order.");
        if (appended.Any(one => one.Outcome is AppendOutcome.Full)) throw new InvalidDataException($"{address} has more than {VersionVector.MostSenders:N0} senders in it.");
    }

    async Task<T> SendAsync<T>(HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> type, CancellationToken cancel) where T : class
    {
        using var late = new CancellationTokenSource(options.BodyTimeout + GossipEndpoints.LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        using var request = new HttpRequestMessage(method, new Uri(address, path));
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        if (options.Secret is { } secret) request.Headers.Add(Admission.PeerHeader, RoomToken.OfPeers(secret));
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            if (response.StatusCode == HttpStatusCode.Forbidden) throw new IOException($"{address} does not know this server's secret: give all servers the same.");
            if (response.StatusCode != HttpStatusCode.OK) throw new InvalidDataException($"{address} answers {(int)response.StatusCode} to {path.Split('?')[0]}.");
            var bytes = await ReadAsync(response, either.Token);
            return JsonSerializer.Deserialize(bytes, type) ?? throw new InvalidDataException($"{address} answers with nothing.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{address} answers with what cannot be read: {error.Message}", error);
        }
        catch (OperationCanceledException error) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new IOException($"{address} does not answer in time.", error);
        }
    }

    async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(cancel);
        var buffer = new byte[16 << 10];
        int count;
        while ((count = await body.ReadAsync(buffer, cancel)) > 0)
        {
            bytes.Write(buffer, 0, count);
            if (bytes.Length > GossipEndpoints.MostBytes) throw new InvalidDataException($"{address} answers with more than {GossipEndpoints.MostBytes:N0} bytes.");
        }
        return bytes.ToArray();
    }

    [LoggerMessage(LogLevel.Warning, "The room '{room}' cannot be taken over, and is asked for again now and then; the other rooms go on: {reason}")]
    partial void PutOff(string room, string reason);
}
