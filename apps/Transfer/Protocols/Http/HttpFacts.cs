using System.Globalization;

namespace SmartClients.Transfer.Protocols.Http;

/// <summary>What the header of a reply says of the file.</summary>
internal static class HttpFacts
{
    public static FileFacts Of(HttpResponseMessage response, FileAddress at, long? size)
    {
        var modified = response.Content.Headers.LastModified;
        var to = response.RequestMessage?.RequestUri;
        return new FileFacts
        {
            Size = size,
            Modified = modified,
            Version = response.Headers.ETag is { IsWeak: false } tag ? tag.Tag : modified?.ToString("R", CultureInfo.InvariantCulture),
            ContentType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(),
            Ranges = response.Headers.AcceptRanges is { Count: > 0 } units ? units.Contains("bytes") : null,
            RedirectedTo = to is null || to.Authority == at.Endpoint.Address && to.PathAndQuery == at.Path ? null : to,
            Links = All(response, "Link"),
            Digests = [.. All(response, "Repr-Digest"), .. All(response, "Digest")],
        };
    }

    static string[] All(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) || response.Content.Headers.NonValidated.TryGetValues(name, out values) ? [.. values] : [];
}
