namespace SmartClients.Transfer.Protocols;

/// <summary>What an endpoint says of a file.</summary>
public sealed record FileFacts
{
    /// <summary>Bytes in the whole file; <see langword="null"/> when it was not said.</summary>
    public long? Size { get; init; }

    /// <summary>What this endpoint calls this version of the file: a strong ETag, else when it was modified. Two endpoints may well give
    /// the same version different names.</summary>
    public string? Version { get; init; }

    /// <summary>When it was modified.</summary>
    public DateTimeOffset? Modified { get; init; }

    /// <summary>The media type, in lower case and without parameters: <c>text/html</c> where a file was expected is an error page.</summary>
    public string? ContentType { get; init; }

    /// <summary>Whether the endpoint answers requests for parts; <see langword="null"/> when it was not said.</summary>
    public bool? Ranges { get; init; }

    /// <summary>The address that redirections led to, where there were any.</summary>
    public Uri? RedirectedTo { get; init; }

    /// <summary>The <c>Link</c> header fields, as they came (RFC 6249: mirrors and descriptions of the file).</summary>
    public IReadOnlyList<string> Links { get; init; } = [];

    /// <summary>The <c>Digest</c> and <c>Repr-Digest</c> header fields, as they came (RFC 3230, RFC 9530).</summary>
    public IReadOnlyList<string> Digests { get; init; } = [];
}
