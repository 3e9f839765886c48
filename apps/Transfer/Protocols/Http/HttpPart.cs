using SmartClients.Transfer.Protocols.Connections;

namespace SmartClients.Transfer.Protocols.Http;

/// <summary>The body of a reply.</summary>
internal sealed class HttpPart(Stream body, HttpResponseMessage response, long? promised, ProtocolOptions options) : PartStream(promised, options)
{
    public override bool Gathers { get; } = GatheringStream.IsSupported && response.RequestMessage?.RequestUri?.Scheme == Uri.UriSchemeHttp && response.Content.Headers.ContentLength is not null;

    protected override ValueTask<int> ReceiveAsync(Memory<byte> buffer, CancellationToken cancel) => body.ReadAsync(buffer, cancel);

    // What is left of a small body is read by the platform, so that the connection serves again; else it is closed.
    protected override ValueTask CloseAsync()
    {
        response.Dispose();
        return default;
    }
}
