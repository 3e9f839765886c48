using SmartClients.Naming;

namespace SmartClients.Http;

/// <summary>What a reply tells of its way.</summary>
public static class SmartResponse
{
    // Only where the address no longer tells: options cost an allocation.
    static readonly HttpRequestOptionsKey<(Endpoint Replica, Uri? To)> Redirection = new("SmartClients.Redirected");

    /// <summary>The replica that answered, be it with a redirection that was followed; <see langword="null"/> for a response that came
    /// from nowhere.</summary>
    public static Endpoint? AnsweredBy(this HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        if (response.RequestMessage is RepeatedRequest repeated) return repeated.Replica;
        if (response.RequestMessage is not { RequestUri: { IsAbsoluteUri: true } at } message) return null;
        if (message.Options.TryGetValue(Redirection, out var redirected) && ReferenceEquals(redirected.To, at)) return redirected.Replica;
        return at.Port > 0 ? new Endpoint(at.IdnHost.Trim('[', ']'), at.Port) : null;
    }

    internal static void Redirected(HttpRequestMessage message, Endpoint replica) => message.Options.Set(Redirection, (replica, message.RequestUri));

    /// <summary>Which attempt of its request this reply answers, counted from 1.</summary>
    public static int Attempt(this HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.RequestMessage is RepeatedRequest repeated ? repeated.Number : 1;
    }
}
