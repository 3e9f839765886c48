using System.Net;
using System.Runtime.CompilerServices;
using SmartClients.Sending;

namespace SmartClients.Http;

/// <summary>A reply's body: read inside the attempt where it is small, else counted in flight to its last byte.</summary>
internal static class ReplyBody
{
    /// <summary>Whether nothing more will come over the wire.</summary>
    public static bool IsInMemory(HttpResponseMessage response) =>
        response.Content is ByteArrayContent or ReadOnlyMemoryContent || response.Content.GetType() == Empty;

    // The content that a response has when nobody gave it one.
    static readonly Type Empty = new HttpResponseMessage().Content.GetType();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public static async ValueTask<HttpResponseMessage> ReceiveAsync(
        Task<HttpResponseMessage> sent, SmartHandler? follows, HttpRequestMessage message, Uri to, Attempt attempt, Director director, long bufferUpTo, CancellationToken cancel)
    {
        var response = await sent.ConfigureAwait(false);
        if (!ReferenceEquals(message.RequestUri, to)) SmartResponse.Redirected(message, attempt.Endpoint);
        if (follows is not null && Redirection.IsOne(response))
            response = await Redirection.FollowAsync(follows, response, message, attempt, cancel).ConfigureAwait(false);
        if (IsInMemory(response) || HasNoBody(response, response.RequestMessage ?? message)) return response;
        if (response.Content.Headers.ContentLength is { } length && length <= bufferUpTo)
        {
            try
            {
                await response.Content.LoadIntoBufferAsync(bufferUpTo, cancel).ConfigureAwait(false);
            }
            catch
            {
                response.Dispose();
                throw;
            }
            return response;
        }
        attempt.KeepOpen();
        response.Content = new TrackedContent(response.Content, new OpenBody(attempt, director));
        return response;
    }

    static bool HasNoBody(HttpResponseMessage response, HttpRequestMessage message) =>
        message.Method == HttpMethod.Head || response.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.NotModified;
}
