namespace SmartClients.Chat.Server.Reading;

/// <summary>The way to one reader.</summary>
internal abstract class ReaderPipe
{
    /// <summary>Sends frames, a line each; completes when the network has taken them.</summary>
    public abstract ValueTask SendAsync(ReadOnlyMemory<byte> lines, CancellationToken cancel);
}
