using System.Net;
using SmartClients.Sending;

namespace SmartClients.Http;

/// <summary>
/// Follows redirections as the platform's handler does, but with a message for each: that one changes the message it was given, which a
/// further attempt would then repeat as it has become, and sends the replica's Host on to wherever the redirection leads.
/// </summary>
internal static class Redirection
{
    /// <summary>The platform's own limit.</summary>
    const int Most = 50;

    const string Key = "SmartClients.Redirects";

    /// <summary>Says of a handler that nobody else uses that its redirections may be followed here.</summary>
    public static void Offer(SocketsHttpHandler sockets) => sockets.Properties[Key] = Redirects.AreFollowedInside;

    /// <summary>Who follows from now on: we do for a handler that is ours, unless its owner has forbidden it; before its first request.</summary>
    public static Redirects Of(HttpMessageHandler? inner)
    {
        while (inner is DelegatingHandler { InnerHandler: { } next }) inner = next;
        if (inner is SocketsHttpHandler sockets)
            lock (sockets) return TakeOver(sockets);
        return inner is HttpClientHandler { AllowAutoRedirect: true } ? Redirects.AreFollowedInside : Redirects.ReachTheCaller;
    }

    static Redirects TakeOver(SocketsHttpHandler sockets)
    {
        if (sockets.Properties.TryGetValue(Key, out var settled) && settled is Redirects.AreFollowedHere) return Redirects.AreFollowedHere;
        if (!sockets.AllowAutoRedirect) return Redirects.ReachTheCaller;
        if (settled is null) return Redirects.AreFollowedInside;
        try
        {
            sockets.AllowAutoRedirect = false;
        }
        catch (InvalidOperationException)
        {
            // Somebody has sent through it before: it cannot be told any more.
            return Redirects.AreFollowedInside;
        }
        sockets.Properties[Key] = Redirects.AreFollowedHere;
        return Redirects.AreFollowedHere;
    }

    /// <summary>Whether a reply leads elsewhere.</summary>
    public static bool IsOne(HttpResponseMessage response) => (int)response.StatusCode is 300 or 301 or 302 or 303 or 307 or 308 && response.Headers.Location is not null;

    /// <summary>Goes where the reply leads, and where that leads.</summary>
    /// <param name="handler">Sends.</param>
    /// <param name="response">The first redirection.</param>
    /// <param name="message">What it answers.</param>
    /// <param name="attempt">The attempt, whose replica answers with whatever comes.</param>
    /// <param name="cancel">Ends it.</param>
    public static async Task<HttpResponseMessage> FollowAsync(
        SmartHandler handler, HttpResponseMessage response, HttpRequestMessage message, Attempt attempt, CancellationToken cancel)
    {
        for (var followed = 0; followed < Most && Target(response, message.RequestUri!) is { } target; followed++)
        {
            message = RepeatedRequest.Redirected(message, target, Method(message.Method, response.StatusCode), attempt.Number, attempt.Endpoint);
            response.Dispose();
            response = await handler.SendOnceAsync(message, cancel).ConfigureAwait(false);
        }
        return response;
    }

    // Never from https to http. RFC 9110 §10.2.2: a fragment of one's own is kept where the reply names none.
    static Uri? Target(HttpResponseMessage response, Uri from)
    {
        if (!IsOne(response)) return null;
        var to = new Uri(from, response.Headers.Location!);
        if (to.Scheme is not ("http" or "https") || from.Scheme == "https" && to.Scheme == "http") return null;
        return from.Fragment.Length > 0 && to.Fragment.Length == 0 ? new UriBuilder(to) { Fragment = from.Fragment }.Uri : to;
    }

    static HttpMethod Method(HttpMethod method, HttpStatusCode status) => status switch
    {
        HttpStatusCode.SeeOther when method != HttpMethod.Head => HttpMethod.Get,
        HttpStatusCode.Ambiguous or HttpStatusCode.Moved or HttpStatusCode.Found when method == HttpMethod.Post => HttpMethod.Get,
        _ => method,
    };
}
