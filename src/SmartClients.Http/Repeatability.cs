namespace SmartClients.Http;

/// <summary>Which requests may be repeated, and which may run twice at once: RFC 9110 §9.2.2, and what the request itself says.</summary>
internal static class Repeatability
{
    static readonly RequestOptions Idempotent = RequestOptions.Hedged;
    static readonly RequestOptions Asked = RequestOptions.Default;

    public static RequestOptions Of(HttpRequestMessage request, RequestBody body, SmartHandlerOptions options)
    {
        var basis = !body.CanReplay ? RequestOptions.Once
            : IsIdempotent(request.Method) ? Idempotent
            : options.RepeatUnsafe || request.Headers.NonValidated.Contains("Idempotency-Key") ? Asked
            : RequestOptions.Once;
        return SmartRequest.Refine(request, basis, body.CanReplay);
    }

    static bool IsIdempotent(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Put || method == HttpMethod.Delete
        || method == HttpMethod.Options || method == HttpMethod.Trace;
}
