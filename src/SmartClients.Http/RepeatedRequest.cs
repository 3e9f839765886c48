namespace SmartClients.Http;

/// <summary>A copy of a request for a further attempt: same method, headers, body, version, version policy and options.</summary>
internal sealed class RepeatedRequest : HttpRequestMessage
{
    public RepeatedRequest(HttpRequestMessage original, int number) : base(original.Method, original.RequestUri)
    {
        Number = number;
        Version = original.Version;
        VersionPolicy = original.VersionPolicy;
        Content = original.Content;
        foreach (var (name, values) in original.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
        foreach (var (key, value) in original.Options) ((IDictionary<string, object?>)Options)[key] = value;
    }

    /// <summary>Which attempt it is, counted from 1.</summary>
    public int Number { get; }

    /// <summary>The body belongs to the original and is still needed.</summary>
    protected override void Dispose(bool disposing)
    {
        Content = null;
        base.Dispose(disposing);
    }
}
