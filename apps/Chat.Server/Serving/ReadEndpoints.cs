using System.Buffers;
using System.Globalization;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using SmartClients.AspNetCore;
using SmartClients.Chat.Server.Gossip;
using SmartClients.Chat.Server.Reading;
using SmartClients.Chat.Server.Rooms;
using SmartClients.Chat.Server.Storage;
using SmartClients.Chat.Wire;

namespace SmartClients.Chat.Server.Serving;

/// <summary>The ways to read a room: <c>/v1/rooms/{room}/socket</c>, and <c>/v1/rooms/{room}/read</c> as server-sent events.</summary>
internal sealed class ReadEndpoints(
    RoomTable rooms, RoomStore store, PeerBoard peers, Pulse pulse, Admission admission, ChatServerOptions options, ServiceState state, TimeProvider time)
{
    // A vector of the most senders there are.
    const int MostRequest = 4 << 20;

    /// <summary>The WebSocket; its first message is the request.</summary>
    public async Task SocketAsync(HttpContext context, string room)
    {
        if (!context.WebSockets.IsWebSocketRequest) throw Refusal.BadRequest($"This is for WebSockets. As server-sent events: /v1/rooms/{room}/read");
        CheckRoom();
        using var reader = admission.Read(context.Connection.RemoteIpAddress);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = options.SendTimeout, KeepAliveTimeout = options.SendTimeout });
        var pipe = new SocketPipe(socket);
        try
        {
            var request = await FirstAsync(socket, context.RequestAborted);
            admission.Enter(room, request.Token);
            await ServeAsync(pipe, room, request, () => ClosedAsync(socket, context.RequestAborted), context.RequestAborted);
        }
        catch (Exception error) when (error is Refusal or StoreFailedException && Refusal.Of(error) is { } refusal)
        {
            await pipe.SendAsync(Line.Encode(new Frame { Bye = new Bye(refusal.Message, Final: !refusal.IsForNow) }), context.RequestAborted);
            await socket.CloseOutputAsync(WebSocketCloseStatus.PolicyViolation, null, context.RequestAborted);
        }
        catch (Exception error) when (error is WebSocketException or OperationCanceledException or IOException)
        {
            socket.Abort();
        }
    }

    /// <summary><c>POST</c> with the request as its body; or <c>GET</c>, for those who cannot, with <c>?history=50&amp;name=…</c>.</summary>
    public async Task EventsAsync(HttpContext context, string room)
    {
        CheckRoom();
        using var reader = admission.Read(context.Connection.RemoteIpAddress);
        var request = HttpMethods.IsGet(context.Request.Method) ? FromQuery(context.Request.Query)
            : await Body.ReadAsync(context, ChatJson.Default.ReadRequest, MostRequest, options.BodyTimeout, time);
        if (Problem(request) is { } problem) throw Refusal.BadRequest(problem);
        admission.Enter(room, request.Token ?? PostEndpoint.Token(context));
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await ServeAsync(new EventPipe(context.Response), room, request, null, context.RequestAborted);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException && (context.Response.HasStarted || error is not StoreFailedException))
        {
            context.Abort();
        }
    }

    async Task ServeAsync(ReaderPipe pipe, string room, ReadRequest request, Func<Task>? closed, CancellationToken aborted)
    {
        using var shed = new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(shed.Token, aborted, state.LeavingToken);
        var presence = new Presence(request.Name) { Shed = shed };
        var entered = rooms.Enter(room, presence);
        try
        {
            var serving = new ReaderLoop(entered, store, peers, pulse, pipe, request, presence, time).RunAsync(either.Token);
            await (closed is null ? serving : await Task.WhenAny(serving, closed()));
        }
        catch (OperationCanceledException) when (!aborted.IsCancellationRequested && (presence.Reason ?? (state.IsLeaving && !shed.IsCancellationRequested ? "it is leaving" : null)) is { } reason)
        {
            await pipe.SendAsync(Line.Encode(new Frame { Bye = new Bye(reason, Final: false) }), aborted).AsTask().WaitAsync(TimeSpan.FromSeconds(1), time, aborted);
        }
        finally
        {
            await either.CancelAsync();
            rooms.Leave(entered, presence);
        }
    }

    void CheckRoom()
    {
        if (state.IsLeaving) throw new Refusal(StatusCodes.Status503ServiceUnavailable, "This server is leaving: ask another one.");
        if (rooms.Readers >= options.MostReaders)
            throw new Refusal(StatusCodes.Status503ServiceUnavailable, $"This server has {options.MostReaders} readers, and takes no more: ask another one.");
    }

    async Task<ReadRequest> FirstAsync(WebSocket socket, CancellationToken aborted)
    {
        using var late = new CancellationTokenSource(options.BodyTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, aborted);
        var buffer = new ArrayBufferWriter<byte>(1024);
        ValueWebSocketReceiveResult part;
        do
        {
            part = await socket.ReceiveAsync(buffer.GetMemory(1024), either.Token);
            buffer.Advance(part.Count);
            if (part.MessageType == WebSocketMessageType.Close) throw new IOException("The reader has gone.");
            if (part.MessageType != WebSocketMessageType.Text || buffer.WrittenCount > MostRequest)
                throw Refusal.BadRequest($"The first message is the request, as JSON in a text message of at most {MostRequest} bytes.");
        }
        while (!part.EndOfMessage);
        var request = Body.Parse(new ReadOnlySequence<byte>(buffer.WrittenMemory), ChatJson.Default.ReadRequest);
        return Problem(request) is { } problem ? throw Refusal.BadRequest(problem) : request;
    }

    // A reader has nothing more to say.
    static async Task ClosedAsync(WebSocket socket, CancellationToken aborted)
    {
        var part = await socket.ReceiveAsync(new byte[16].AsMemory(), aborted);
        if (part.MessageType != WebSocketMessageType.Close) throw Refusal.BadRequest("Messages are posted, not sent over the reader's WebSocket.");
    }

    static string? Problem(ReadRequest request) =>
        request.History is < 0 or > 1000 ? "history is from 0 to 1000."
        : request.Name is not null && ChatRules.ProblemOfName(request.Name) is { } name ? name
        : request.Secret is not null && SenderKey.TryOf(request.Secret) is null ? "A sender's secret has 43 characters of base64url."
        : null;

    static ReadRequest FromQuery(IQueryCollection query)
    {
        var history = query["history"].ToString();
        if (history.Length == 0) history = "50";
        if (!int.TryParse(history, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) throw Refusal.BadRequest("history is a whole number from 0 to 1000.");
        return new ReadRequest { History = count, Name = query["name"] is [{ Length: > 0 } name] ? name : null, Token = query["token"] is [{ Length: > 0 } token] ? token : null };
    }
}
