using SmartClients.Testing;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Tests.Protocols.Sites;

/// <summary>vsftpd, in the clear or under TLS.</summary>
internal sealed class FtpSite(VsftpdServer server, ProtocolOptions options) : Site
{
    public VsftpdServer Server { get; } = server;

    public override ProtocolOptions Options { get; } = options;

    public static async Task<Site> StartSecureAsync(CancellationToken cancel)
    {
        var certificate = SelfSigned.Make();
        return new FtpSite(await VsftpdServer.StartSecureAsync(certificate, cancel), new ProtocolOptions { Trusted = [certificate] });
    }

    public override void Put(string name, ReadOnlySpan<byte> content) => Server.Put(name, content);

    // TLS sessions are resumed, as this server demands, by name only.
    public override FileAddress Of(string name) =>
        FileAddress.Parse($"{(Options.Trusted is null ? "ftp://127.0.0.1" : "ftps://localhost")}:{Server.Port}/{Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal)}");

    public override Task SignalAsync(string name, CancellationToken cancel) => Server.SignalAsync(name, cancel);

    public override ValueTask DisposeAsync() => Server.DisposeAsync();
}
