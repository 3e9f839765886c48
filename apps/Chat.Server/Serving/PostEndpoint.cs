using Microsoft.AspNetCore.Http;
using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat.Server.Serving;

/// <summary><c>POST /v1/rooms/{room}/messages</c>: one message, with its identity as <c>Idempotency-Key</c>, and with it those of its sender just
/// before it that this server lacks.</summary>
internal sealed class PostEndpoint(RoomStore store, PeerBoard peers, Gaps gaps, Admission admission, ChatServerOptions options, TimeProvider time)
{
    const int MostBody = 64 << 10;

    public async Task PostAsync(HttpContext context, string room)
    {
        admission.Enter(room, Token(context));
        var post = await Body.ReadAsync(context, ChatJson.Default.Post, MostBody, options.BodyTimeout, time);
        var messages = Messages(post, context.Request.Headers["Idempotency-Key"].ToString());
        var message = messages[^1];
        admission.Write(message.Sender, messages.Count, context.Connection.RemoteIpAddress);
        // Once begun, it is carried through though nobody may wait for the answer any more: a broken connection decides nothing.
        var appended = await AppendAsync(room, messages);
        if (appended.Outcome == AppendOutcome.Stored) gaps.Closed(room, message.Sender);
        if (appended.Outcome is AppendOutcome.Stored or AppendOutcome.Known) await AcknowledgeAsync(room, message, context.RequestAborted);
        context.Response.StatusCode = appended.Outcome switch
        {
            AppendOutcome.Stored => StatusCodes.Status201Created,
            AppendOutcome.Known => StatusCodes.Status200OK,
            AppendOutcome.Full => throw new Refusal(StatusCodes.Status403Forbidden, $"The room '{room}' takes no more senders, or the server no more rooms."),
            AppendOutcome.Gap when gaps.IsForGood(room, message.Sender, appended.Expected) => throw new Refusal(StatusCodes.Status410Gone,
                $"Your messages from {appended.Expected} on are lost: the store was, and no server has them. Leave the room '{room}' and join it anew."),
            _ => StatusCodes.Status409Conflict,
        };
        await context.Response.WriteAsJsonAsync(
            new PostAnswer(Word(appended.Outcome), appended.Expected), ChatJson.Plain.PostAnswer, cancellationToken: context.RequestAborted);
    }

    // What became of the last, or of the first that was not taken.
    async ValueTask<Appended> AppendAsync(string room, IReadOnlyList<ChatMessage> messages)
    {
        var all = await store.AppendAsync(room, messages, CancellationToken.None);
        return all.Where(one => one.Outcome is not (AppendOutcome.Stored or AppendOutcome.Known)).Append(all[^1]).First();
    }

    // What is known is waited for like what is new: the first time, nobody may have been left to say so.
    async Task AcknowledgeAsync(string room, ChatMessage message, CancellationToken aborted)
    {
        if (options.Acknowledge == 0) return;
        using var late = new CancellationTokenSource(options.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        try
        {
            await peers.HaveAsync(options.Acknowledge, room, message.Sender, message.Sequence, either.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            throw new Refusal(StatusCodes.Status503ServiceUnavailable, $"The message is here, and not yet at {options.Acknowledge} more servers: send it again.");
        }
    }

    List<ChatMessage> Messages(Post post, string id)
    {
        var sender = SenderKey.TryOf(post.Secret)?.Sender
            ?? throw new Refusal(StatusCodes.Status401Unauthorized, "A message needs its sender's secret: 43 characters of base64url, made by the client.");
        if (post.Before?.Count > Post.MostBefore) throw Refusal.BadRequest($"At most {Post.MostBefore} messages go before another: send these first.");
        var now = Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds());
        List<ChatMessage> messages = [];
        foreach (var line in (post.Before ?? []).Append(new EarlierLine(id, post.Text)))
            messages.Add(new ChatMessage(sender, post.Sequence - (post.Before?.Count ?? 0) + messages.Count, line?.Id ?? "", post.Name ?? "", line?.Text ?? "", now));
        foreach (var message in messages)
            if (ChatRules.ProblemOf(message) is { } problem) throw Refusal.BadRequest(problem);
        return messages;
    }

    internal static string? Token(HttpContext context)
    {
        var given = context.Request.Headers.Authorization.ToString();
        return given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? given["Bearer ".Length..].Trim() : null;
    }

    static string Word(AppendOutcome outcome) => outcome switch
    {
        AppendOutcome.Stored => "stored",
        AppendOutcome.Known => "known",
        AppendOutcome.Gap => "gap",
        _ => "conflict",
    };
}
