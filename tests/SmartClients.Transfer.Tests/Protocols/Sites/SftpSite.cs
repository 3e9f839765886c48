using SmartClients.Testing;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Tests.Protocols.Sites;

/// <summary>sshd with SFTP.</summary>
internal sealed class SftpSite(SshServer server) : Site
{
    public override ProtocolOptions Options { get; } = new() { SshFolder = server.ClientFolder, User = server.User };

    public override void Put(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(server.Root, name))!);
        File.WriteAllBytes(Path.Combine(server.Root, name), content);
    }

    public override FileAddress Of(string name) =>
        FileAddress.Parse($"{server.Url}{server.Root}/{Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal)}");

    public override Task SignalAsync(string name, CancellationToken cancel) => server.SignalAsync(name, cancel);

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
