using System.Net;

namespace SmartClients.Http;

/// <summary>A body that can be read once, and remembers whether that was begun.</summary>
internal sealed class OneShotContent : HttpContent
{
    readonly HttpContent inner;
    int begun;

    public OneShotContent(HttpContent inner)
    {
        this.inner = inner;
        foreach (var (name, values) in inner.Headers.NonValidated) Headers.TryAddWithoutValidation(name, values);
    }

    /// <summary>Whether any byte may have been sent.</summary>
    public bool Begun => Volatile.Read(ref begun) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Volatile.Write(ref begun, 1);
        return inner.CopyToAsync(stream, context, cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = inner.Headers.ContentLength ?? -1;
        return length >= 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
