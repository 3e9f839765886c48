using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Tests.Support;

/// <summary>A protocol whose servers are scripted mirrors.</summary>
internal sealed class ScriptedProtocol(params ScriptedMirror[] mirrors) : FileProtocol
{
    public override ValueTask<RemoteFile> OpenAsync(FileAddress at, FilePart part, CancellationToken cancel) => new(Of(at).Open(part));

    public override ValueTask<FileFacts> LookAsync(FileAddress at, CancellationToken cancel) => Of(at).LookAsync(cancel);

    public override ValueTask<IReadOnlyList<FolderEntry>> ListAsync(FileAddress at, CancellationToken cancel) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => default;

    ScriptedMirror Of(FileAddress at) => mirrors.Single(mirror => mirror.Endpoint == at.Endpoint);
}
