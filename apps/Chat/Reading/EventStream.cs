using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SmartClients.Chat.Wire;
using SmartClients.Naming;
using SmartClients.Outcomes;

namespace SmartClients.Chat.Reading;

/// <summary>A room as server-sent events: each frame is one <c>data:</c> line.</summary>
internal sealed class EventStream : RoomStream
{
    static readonly byte[] Data = "data:"u8.ToArray();

    readonly HttpResponseMessage response;
    readonly Stream body;
    byte[] buffer = new byte[8192];
    int from, to;

    EventStream(HttpResponseMessage response, Stream body) => (this.response, this.body) = (response, body);

    public static async ValueTask<RoomStream> OpenAsync(HttpMessageInvoker client, Endpoint server, string scheme, string room, ReadRequest request, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{scheme}://{server.Address}/v1/rooms/{room}/read");
        if (server.Authority is { } authority) message.Headers.Host = authority;
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        message.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(request, ChatJson.Plain.ReadRequest)) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        // A browser hands the body out as it comes, where it is asked to.
        message.Options.Set(new HttpRequestOptionsKey<bool>("WebAssemblyEnableStreamingResponse"), true);
        var response = client is HttpClient whole
            ? await whole.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false)
            : await client.SendAsync(message, cancel).ConfigureAwait(false);
        try
        {
            await CheckAsync(response, cancel).ConfigureAwait(false);
            return new EventStream(response, await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false)) { Server = server };
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    static async ValueTask CheckAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = response.StatusCode;
        if (status == HttpStatusCode.OK && response.Content.Headers.ContentType?.MediaType == "text/event-stream") return;
        if (status is < HttpStatusCode.BadRequest or >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            throw new RequestException($"HTTP {(int)status}", Delivery.Rejected) { RetryAfter = response.Headers.RetryAfter?.Delta ?? default };
        var said = new byte[4096];
        await using var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var length = await stream.ReadAtLeastAsync(said, said.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
        string? detail = null;
        try
        {
            detail = JsonSerializer.Deserialize(said.AsSpan(0, length), ChatJson.Default.Problem)?.Detail;
        }
        catch (JsonException)
        {
            // Somebody in between said it in words of its own.
        }
        throw new JoinRefusedException(detail ?? $"HTTP {(int)status}");
    }

    protected override async ValueTask<ReadOnlyMemory<byte>?> LineAsync(CancellationToken cancel)
    {
        while (true)
        {
            var waiting = buffer.AsMemory(from, to - from);
            var end = waiting.Span.IndexOf((byte)'\n');
            if (end < 0)
            {
                if (!await FillAsync(cancel).ConfigureAwait(false)) return null;
                continue;
            }
            from += end + 1;
            var line = waiting[..end];
            if (line.Span.StartsWith(Data)) return line[Data.Length..].Trim((byte)' ').TrimEnd((byte)'\r');
        }
    }

    async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        if (from > 0)
        {
            buffer.AsSpan(from, to - from).CopyTo(buffer);
            (from, to) = (0, to - from);
        }
        if (to == buffer.Length)
        {
            if (buffer.Length >= MostFrame) throw new InvalidDataException($"it sent more than {MostFrame:N0} bytes in a line");
            Array.Resize(ref buffer, buffer.Length * 2);
        }
        var count = await body.ReadAsync(buffer.AsMemory(to), cancel).ConfigureAwait(false);
        to += count;
        return count > 0;
    }

    protected override async ValueTask CloseAsync()
    {
        response.Dispose();
        await body.DisposeAsync().ConfigureAwait(false);
    }
}
