namespace SmartClients.Http;

/// <summary>What a single request says to its director.</summary>
public static class SmartRequest
{
    static readonly HttpRequestOptionsKey<Func<RequestOptions, RequestOptions>> Key = new("SmartClients.Request");

    // Looking at a request's options makes them, which costs an allocation for every request of a program that never sets any.
    static volatile bool used;

    /// <summary>Changes what this request allows: <c>request.Allow(o => o with { Key = user, Timeout = … })</c>. A body that cannot be
    /// sent again stays unrepeatable.</summary>
    public static HttpRequestMessage Allow(this HttpRequestMessage request, Func<RequestOptions, RequestOptions> change)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(change);
        used = true;
        request.Options.Set(Key, change);
        return request;
    }

    internal static RequestOptions Refine(HttpRequestMessage request, RequestOptions basis, bool canReplay)
    {
        if (!used || !request.Options.TryGetValue(Key, out var change)) return basis;
        var refined = change(basis);
        return canReplay ? refined : refined with { Repeatable = false, Hedge = false };
    }
}
