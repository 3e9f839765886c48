using System.Net;

namespace SmartClients.Http;

/// <summary>A reply's content that tells when it is over.</summary>
internal sealed class TrackedContent : HttpContent
{
    readonly HttpContent inner;
    readonly OpenBody body;

    public TrackedContent(HttpContent inner, OpenBody body)
    {
        (this.inner, this.body) = (inner, body);
        foreach (var (name, values) in inner.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    // Through a stream of ours: what the target throws (a full disk, a caller's limit) is not the replica's doing.
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        var from = await CreateContentReadStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (from.ConfigureAwait(false)) await from.CopyToAsync(stream, cancellationToken).ConfigureAwait(false);
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var from = CreateContentReadStream(cancellationToken);
        from.CopyTo(stream);
    }

    protected override async Task<Stream> CreateContentReadStreamAsync() =>
        new TrackedStream(await inner.ReadAsStreamAsync().ConfigureAwait(false), body);

    protected override async Task<Stream> CreateContentReadStreamAsync(CancellationToken cancellationToken) =>
        new TrackedStream(await inner.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), body);

    protected override Stream CreateContentReadStream(CancellationToken cancellationToken) =>
        new TrackedStream(inner.ReadAsStream(cancellationToken), body);

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            body.Ended();
            inner.Dispose();
        }
        base.Dispose(disposing);
    }
}
