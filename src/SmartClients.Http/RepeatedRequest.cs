using SmartClients.Naming;

namespace SmartClients.Http;

/// <summary>A copy of a request for a further attempt: same method, headers, body, version, version policy and options.</summary>
internal sealed class RepeatedRequest : HttpRequestMessage
{
    RepeatedRequest(HttpRequestMessage original, int number, Endpoint replica) : base(original.Method, original.RequestUri)
    {
        (Number, Replica) = (number, replica);
        Version = original.Version;
        VersionPolicy = original.VersionPolicy;
        Content = original.Content;
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
            var copy = new RepeatedRequest(original, number, replica);
            own.Restore(copy);
            return copy;
        }
        catch (Exception error)
        {
            throw new UncopiedException(error);
        }
    }

    /// <summary>The body belongs to the original and is still needed.</summary>
    protected override void Dispose(bool disposing)
    {
        Content = null;
        base.Dispose(disposing);
    }
}
