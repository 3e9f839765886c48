using System.Net;
using System.Net.Http.Headers;
using SmartClients.Naming;

namespace SmartClients.Http.Documents;

/// <summary>Gets documents from servers that are believed nothing: limits of size, time and redirections, and rules of addresses.</summary>
internal sealed class DocumentReader(HttpMessageInvoker client, DocumentOptions options)
{
    const int MostRedirections = 5;
    const int Chunk = 16 << 10;

    /// <summary>Gets a document.</summary>
    /// <param name="address">http or https.</param>
    /// <param name="ask">What is asked for.</param>
    /// <param name="known">What the last answer was; it is given back, with its freshness, where the server says that it has not changed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns><see langword="null"/> where the server says that there is none: 404 or 410.</returns>
    /// <exception cref="IOException">Or <see cref="HttpRequestException"/>: there is no answer, or none that may be taken.</exception>
    public async Task<Document?> GetAsync(Uri address, DocumentQuestion ask, Document? known, TimeProvider time, CancellationToken cancel)
    {
        using var late = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancel);
        try
        {
            return await FollowAsync(address, ask, known, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException error) when (late.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new IOException(string.Create(
                System.Globalization.CultureInfo.InvariantCulture, $"{address} gave no whole answer within {options.Timeout.TotalSeconds:0.##} s."), error);
        }
    }

    async Task<Document?> FollowAsync(Uri address, DocumentQuestion ask, Document? known, CancellationToken cancel)
    {
        var at = address;
        for (var redirections = 0; ; redirections++)
        {
            if (ask.Rules.Refuses(at.IdnHost) is { } refused) throw new IOException($"{at} is not asked: {refused}.");
            using var response = await SendAsync(at, ask, known, redirections == 0, cancel).ConfigureAwait(false);
            // A client that follows redirections by itself has perhaps done so.
            if (response.RequestMessage?.RequestUri is { } asked && asked != at) CheckNext(at, asked, ask.Rules);
            if (Next(response, at) is { } next)
            {
                CheckNext(at, next, ask.Rules);
                if (redirections == MostRedirections) throw new IOException($"{address} redirects more than {MostRedirections} times.");
                at = next;
                continue;
            }
            if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone) return null;
            if (response.StatusCode == HttpStatusCode.NotModified && known is not null) return known with { Fresh = Fresh(response) };
            if (response.StatusCode != HttpStatusCode.OK)
                throw new HttpRequestException($"{at} answers {(int)response.StatusCode} {response.ReasonPhrase}.", null, response.StatusCode);
            var bytes = await ReadAsync(response, at, ask.MostBytes, cancel).ConfigureAwait(false);
            return new Document(bytes, response.Headers.ETag, response.Content.Headers.LastModified, Fresh(response));
        }
    }

    async Task<HttpResponseMessage> SendAsync(Uri at, DocumentQuestion ask, Document? known, bool first, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, at);
        foreach (var type in ask.Accept) request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(type));
        if (first && ask.Host is { } host) request.Headers.Host = host;
        if (known?.Tag is { } tag) request.Headers.IfNoneMatch.Add(tag);
        if (known?.Modified is { } modified) request.Headers.IfModifiedSince = modified;
        request.Options.Set(GuardedHandler.Rules, ask.Rules);
        // An HttpClient asked like any other invoker would wait for the end of the body.
        return client is HttpClient whole
            ? await whole.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel).ConfigureAwait(false)
            : await client.SendAsync(request, cancel).ConfigureAwait(false);
    }

    static Uri? Next(HttpResponseMessage response, Uri at) =>
        response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect
            or HttpStatusCode.PermanentRedirect && response.Headers.Location is { } to ? new Uri(at, to) : null;

    static void CheckNext(Uri at, Uri next, AddressRules rules)
    {
        if (next.Scheme is not ("http" or "https") || next.UserInfo.Length > 0) throw new IOException($"{at} redirects to {next.GetLeftPart(UriPartial.Path)}, which is not followed.");
        if (at.Scheme == "https" && next.Scheme == "http") throw new IOException($"{at} redirects to {next}: from https to http is not followed.");
        if (rules.Refuses(next.IdnHost) is { } refused) throw new IOException($"{at} redirects to {next}, which is not followed: {refused}.");
    }

    static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, Uri at, int most, CancellationToken cancel)
    {
        if (response.Content.Headers.ContentLength > most) throw TooLarge();
        var body = await response.Content.ReadAsStreamAsync(cancel).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            // What the head says of the length is a claim: no more is set aside than has come.
            var bytes = new byte[Math.Min(Chunk, most + 1)];
            var length = 0;
            while (await body.ReadAsync(bytes.AsMemory(length), cancel).ConfigureAwait(false) is > 0 and var count)
            {
                length += count;
                if (length > most) throw TooLarge();
                if (length == bytes.Length) Array.Resize(ref bytes, (int)Math.Min(2L * length, most + 1L));
            }
            return bytes.AsMemory(0, length);
        }

        IOException TooLarge() => new($"{at} is larger than {most / 1024:N0} KiB.");
    }

    internal static TimeSpan? Fresh(HttpResponseMessage response)
    {
        if (response.Headers.CacheControl is not { NoCache: false, NoStore: false, MaxAge: { } most }) return null;
        var left = most - (response.Headers.Age ?? TimeSpan.Zero);
        return left > TimeSpan.Zero ? left : null;
    }
}
