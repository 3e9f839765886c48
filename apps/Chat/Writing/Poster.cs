using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using SmartClients.Chat.Wire;
using SmartClients.Http;
using SmartClients.Naming;

namespace SmartClients.Chat.Writing;

/// <summary>Posts messages through the director.</summary>
internal sealed class Poster(HttpClient client, string room, SenderKey key, ChatRoomOptions options, TimeProvider time)
{
    const int MostAnswer = 16 << 10;

    /// <summary>Posts the last of them, and with it those before it, whose numbers are the ones before.</summary>
    /// <param name="run">Messages whose numbers follow each other.</param>
    /// <param name="to">The one server that is to have them; whoever the director picks when left out.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<Answer> PostAsync(IReadOnlyList<OwnMessage> run, Endpoint? to, CancellationToken cancel)
    {
        var message = run[^1];
        var before = run.Count == 1 ? null : run.SkipLast(1).Select(one => new EarlierLine(one.Id, one.Text)).ToList();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"service://chat/v1/rooms/{room}/messages");
        var body = JsonSerializer.SerializeToUtf8Bytes(new Post(key.Secret, message.Sequence, options.Name, message.Text, before), ChatJson.Plain.Post);
        request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        request.Headers.Add("Idempotency-Key", message.Id);
        if (options.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        // Two copies at once do no harm: the identity sees to that.
        request.Allow(allowed => allowed with
        {
            Hedge = true,
            AttemptTimeout = options.AttemptTimeout,
            LeaveOut = to is null ? null : endpoint => !endpoint.Equals(to),
        });
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false);
            // The director's limits end with the head of the reply.
            using var late = new CancellationTokenSource(options.AttemptTimeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, late.Token);
            return await ReadAsync(response, either.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException || error is OperationCanceledException && !cancel.IsCancellationRequested)
        {
            return new Answer(AnswerKind.Later, Reason: error.Message);
        }
    }

    static async Task<Answer> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var status = response.StatusCode;
        if (status is HttpStatusCode.OK or HttpStatusCode.Created) return new Answer(AnswerKind.Stored);
        var buffer = new byte[MostAnswer];
        await using var stream = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        var json = buffer.AsSpan(0, await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false));
        if (status == HttpStatusCode.Conflict && JsonSerializer.Deserialize(json, ChatJson.Default.PostAnswer) is { } other)
            return new Answer(other.Outcome == "gap" ? AnswerKind.Gap : AnswerKind.Taken, other.Expected, From: response.Attempt() > 1 ? response.AnsweredBy() : null);
        var reason = Detail(json) ?? $"HTTP {(int)status}";
        if ((int)status >= 500 || status is HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout)
            return new Answer(AnswerKind.Later, Wait: response.Headers.RetryAfter?.Delta ?? default, Reason: reason);
        return new Answer(AnswerKind.Refused, Reason: reason);
    }

    static string? Detail(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ChatJson.Default.Problem)?.Detail;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
