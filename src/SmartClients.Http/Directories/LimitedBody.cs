using System.Globalization;
using System.Net;
using SmartClients.Naming;
using SmartClients.Outcomes;

namespace SmartClients.Http.Directories;

/// <summary>Sends one message and reads all of its answer, which may have so many bytes.</summary>
internal static class LimitedBody
{
    /// <summary>The status and the body. Its time limit is <paramref name="cancel"/>.</summary>
    /// <exception cref="RequestException">The answer is too large.</exception>
    public static async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body, TimeSpan RetryAfter)> AskAsync(
        HttpMessageInvoker invoker, HttpRequestMessage message, Endpoint directory, int most, CancellationToken cancel)
    {
        if (directory.Authority is { } authority) message.Headers.Host = authority;
        using var response = await invoker.SendAsync(message, cancel).ConfigureAwait(false);
        if (response.Content.Headers.ContentLength > most) throw TooLarge(most);
        var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            var buffer = new byte[Math.Min(most, (int)(response.Content.Headers.ContentLength ?? most)) + 1];
            var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel).ConfigureAwait(false);
            if (length > most) throw TooLarge(most);
            return (response.StatusCode, buffer.AsMemory(0, length), response.Headers.RetryAfter?.Delta ?? TimeSpan.Zero);
        }
    }

    static RequestException TooLarge(int most) =>
        new(string.Create(CultureInfo.InvariantCulture, $"answers with more than {most:N0} bytes"), Delivery.MayHaveExecuted);
}
