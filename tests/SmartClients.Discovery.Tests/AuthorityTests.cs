using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SmartClients.Discovery.Tests.Support;
using SmartClients.Http;
using SmartClients.Naming;

namespace SmartClients.Discovery.Tests;

/// <summary>Replicas found by DNS are called by the name that was asked for, not by their addresses.</summary>
public sealed class AuthorityTests
{
    [Theory]
    [InlineData("http")]
    [InlineData("https")]
    public async Task The_host_header_and_the_TLS_name_are_those_of_the_name(string scheme)
    {
        var cancel = TestContext.Current.CancellationToken;
        string? tlsName = null;
        using var certificate = SelfSigned();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(o => o.Listen(IPAddress.Loopback, 0, l =>
        {
            if (scheme == "https")
                l.UseHttps(new Microsoft.AspNetCore.Server.Kestrel.Https.HttpsConnectionAdapterOptions { ServerCertificateSelector = (_, name) => Seen(name) });
        }));
        await using var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(context.Request.Host.Value!));
        await app.StartAsync(cancel);
        var port = new Uri(app.Urls.Single()).Port;

        await using var dns = await Dnsmasq.StartAsync(cancel, "--address=/web.test/127.0.0.1");
        await using var director = new Director("web", Names.Core.WithDns(dns.Options).Open($"dns:web.test:{port}"));
        var sockets = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, seen, _, _) => seen?.Subject == "CN=web.test" },
        };
        using var client = new HttpClient(new SmartHandler(director, new SmartHandlerOptions { Scheme = scheme }, sockets));
        Assert.Equal($"web.test:{port}", await client.GetStringAsync(new Uri("service://web/"), cancel));
        if (scheme == "https") Assert.Equal("web.test", tlsName);

        X509Certificate2 Seen(string? name)
        {
            tlsName = name;
            return certificate;
        }
    }

    static X509Certificate2 SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        return new CertificateRequest("CN=web.test", key, HashAlgorithmName.SHA256).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
