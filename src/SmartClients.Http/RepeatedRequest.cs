using SmartClients.Naming;

namespace SmartClients.Http;

/// <summary>A copy of a request for a further attempt: same method, headers, body, version, version policy and options.</summary>
internal sealed class RepeatedRequest : HttpRequestMessage
{
    RepeatedRequest(HttpRequestMessage original, HttpMethod method, Uri? address, HttpContent? content, int number, Endpoint replica) : base(method, address)
    {
        (Number, Replica) = (number, replica);
        Version = original.Version;
        VersionPolicy = original.VersionPolicy;
        Content = content;
        foreach (var (name, values) in original.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
        foreach (var (key, value) in original.Options) ((IDictionary<string, object?>)Options)[key] = value;
    }

    /// <summary>Which attempt it is, counted from 1.</summary>
    public int Number { get; }

    /// <summary>Where it goes.</summary>
    public Endpoint Replica { get; }

    /// <summary>A copy, of a request that may be under way.</summary>
    /// <exception cref="UncopiedException">A handler further in was writing to it at this moment.</exception>
    public static RepeatedRequest Of(HttpRequestMessage original, in OwnHeaders own, int number, Endpoint replica)
    {
        try
        {
            var copy = new RepeatedRequest(original, own.Method, original.RequestUri, own.Content, number, replica);
            own.Restore(copy);
            return copy;
        }
        catch (Exception error)
        {
            throw new UncopiedException(error);
        }
    }

    /// <summary>What is asked where a redirection leads: without what was meant for the replica alone, its Host and its password.</summary>
    public static RepeatedRequest Redirected(HttpRequestMessage original, Uri to, HttpMethod method, int number, Endpoint replica)
    {
        var next = new RepeatedRequest(original, method, to, method == original.Method ? original.Content : null, number, replica);
        (next.Headers.Host, next.Headers.Authorization) = (null, null);
        if (next.Content is null && next.Headers.TransferEncodingChunked is true) next.Headers.TransferEncodingChunked = false;
        return next;
    }

    /// <summary>The body belongs to the original and is still needed.</summary>
    protected override void Dispose(bool disposing)
    {
        Content = null;
        base.Dispose(disposing);
    }
}
