using Microsoft.AspNetCore.Http;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat.Server.Serving;

/// <summary><c>POST /v1/rooms/{room}/messages</c>: one message, with its identity as <c>Idempotency-Key</c>.</summary>
internal sealed class PostEndpoint(RoomStore store, Admission admission, ChatServerOptions options, TimeProvider time)
{
    const int MostBody = 32 << 10;

    public async Task PostAsync(HttpContext context, string room)
    {
        admission.Enter(room, Token(context));
        var post = await Body.ReadAsync(context, ChatJson.Default.Post, MostBody, options.BodyTimeout, time);
        var message = Message(post, context.Request.Headers["Idempotency-Key"].ToString());
        admission.Write(message.Sender, context.Connection.RemoteIpAddress);
        // Once begun, it is carried through though nobody may wait for the answer any more: a broken connection decides nothing.
        var appended = await store.AppendAsync(room, message, CancellationToken.None);
        context.Response.StatusCode = appended.Outcome switch
        {
            AppendOutcome.Stored => StatusCodes.Status201Created,
            AppendOutcome.Known => StatusCodes.Status200OK,
            AppendOutcome.Full => throw new Refusal(StatusCodes.Status403Forbidden, $"The room '{room}' takes no more senders, or the server no more rooms."),
            _ => StatusCodes.Status409Conflict,
        };
        await context.Response.WriteAsJsonAsync(
            new PostAnswer(Word(appended.Outcome), appended.Expected), ChatJson.Plain.PostAnswer, cancellationToken: context.RequestAborted);
    }

    ChatMessage Message(Post post, string id)
    {
        var sender = SenderKey.TryOf(post.Secret)?.Sender
            ?? throw new Refusal(StatusCodes.Status401Unauthorized, "A message needs its sender's secret: 43 characters of base64url, made by the client.");
        var message = new ChatMessage(sender, post.Sequence, id, post.Name ?? "", post.Text ?? "", Math.Max(0, time.GetUtcNow().ToUnixTimeMilliseconds()));
        return ChatRules.ProblemOf(message) is { } problem ? throw Refusal.BadRequest(problem) : message;
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
