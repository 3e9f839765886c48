using System.Security.Cryptography.X509Certificates;
using SmartClients.Testing;
using SmartClients.Transfer.Protocols;

namespace SmartClients.Transfer.Tests.Protocols.Sites;

/// <summary>nginx, in the clear or under TLS.</summary>
internal sealed class HttpSite(Nginx server, X509Certificate2? certificate, int securePort) : Site
{
    public override ProtocolOptions Options { get; } = new() { Trusted = certificate is null ? null : [certificate] };

    public static async Task<Site> StartSecureAsync(CancellationToken cancel)
    {
        using var keys = new TemporaryFolder();
        var certificate = SelfSigned.Make();
        using var key = certificate.GetRSAPrivateKey()!;
        var pem = keys.Write("server.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n");
        var port = FreePort.Find();
        var server = await Nginx.StartAsync(cancel, "autoindex on;", $"listen 127.0.0.1:{port} ssl; ssl_certificate {pem}; ssl_certificate_key {pem};");
        return new HttpSite(server, certificate, port);
    }

    public override void Put(string name, ReadOnlySpan<byte> content) => server.Put(name, content);

    public override FileAddress Of(string name)
    {
        var path = Uri.EscapeDataString(name).Replace("%2F", "/", StringComparison.Ordinal);
        return FileAddress.Parse(certificate is null ? $"http://127.0.0.1:{server.Port}/{path}" : $"https://127.0.0.1:{securePort}/{path}");
    }

    public override Task SignalAsync(string name, CancellationToken cancel) => server.SignalAsync(name, cancel);

    public override ValueTask DisposeAsync() => server.DisposeAsync();
}
