namespace SmartClients.Http;

/// <summary>Which requests may be repeated, and which may run twice at once: RFC 9110 §9.2, and what the request itself says.</summary>
internal static class Repeatability
{
    public static RequestOptions Of(HttpRequestMessage request, RequestBody body, SmartHandlerOptions options)
    {
        var basis = !body.CanReplay ? RequestOptions.Once
            : IsSafe(request.Method) ? RequestOptions.Hedged
            : IsIdempotent(request.Method) || options.RepeatUnsafe || request.Headers.NonValidated.Contains("Idempotency-Key") ? RequestOptions.Default
            : RequestOptions.Once;
        return SmartRequest.Refine(request, basis, body.CanReplay);
    }

    static bool IsSafe(HttpMethod method) =>
        method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Options || method == HttpMethod.Trace;

    // Twice in a row does no harm, but two at once may cross: the slower copy of a PUT could undo somebody's later one.
    static bool IsIdempotent(HttpMethod method) => method == HttpMethod.Put || method == HttpMethod.Delete;
}
