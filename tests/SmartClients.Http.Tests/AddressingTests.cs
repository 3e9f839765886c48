using System.Collections.Immutable;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using Xunit;

namespace SmartClients.Http.Tests;

/// <summary>Addresses, the Host header and the TLS name.</summary>
public class AddressingTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("service://quotes/a/b?c=d", "http://a:1/a/b?c=d")]
    [InlineData("http://quotes/a%20b", "http://a:1/a%20b")]
    [InlineData("https://quotes/", "https://a:1/")]
    [InlineData("service://quotes", "http://a:1/")]
    [InlineData("http://quotes:8080/x#top", "http://a:1/x")]
    public async Task The_services_name_gives_way_to_the_replicas_address(string asked, string sent)
    {
        var network = new FakeNetwork((message, _) => Task.FromResult(new HttpResponseMessage { RequestMessage = message }));
        await using var director = Director.For("list:a:1");
        using var client = new HttpClient(new SmartHandler(director, inner: network));
        using var response = await client.GetAsync(new Uri(asked), Cancel);
        Assert.Equal(sent, network.Sent[0].RequestUri!.AbsoluteUri);
        Assert.Equal(new Naming.Endpoint("a", 1), response.AnsweredBy());
    }

    [Theory]
    [InlineData(null, false, null)]
    [InlineData("www.example.org", false, "www.example.org")]
    [InlineData(null, true, "quotes")]
    public async Task The_host_is_the_replicas_own_its_authority_or_the_services(string? authority, bool fromService, string? expected)
    {
        await using var server = await Server.StartAsync(c => Server.Text(c, c.Request.Host.Value!));
        await using var director = new Director("quotes", new StaticNames(Naming.Endpoint.Parse(server.Address) with { Authority = authority }));
        using var client = new HttpClient(new SmartHandler(director, new SmartHandlerOptions { HostFromService = fromService }));
        Assert.Equal(expected ?? server.Address, await client.GetStringAsync(new Uri("service://quotes/"), Cancel));
    }

    [Fact]
    public async Task The_TLS_name_is_the_authority_and_not_the_address()
    {
        string? asked = null;
        using var certificate = SelfSigned("replica.example.org");
        await using var server = await Server.StartAsync(Server.Hello, listen: l => l.UseHttps(https => https.ServerCertificateSelector = (_, name) =>
        {
            asked = name;
            return certificate;
        }));
        await using var director = new Director("quotes", new StaticNames(Naming.Endpoint.Parse(server.Address) with { Authority = "replica.example.org" }));
        using var sockets = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, errors) => (errors & SslPolicyErrors.RemoteCertificateNameMismatch) == 0 },
        };
        using var client = new HttpClient(new SmartHandler(director, inner: sockets));
        Assert.Equal("hello", await client.GetStringAsync(new Uri("https://quotes/"), Cancel));
        Assert.Equal("replica.example.org", asked);
    }

    [Fact]
    public async Task A_header_of_ten_megabytes_is_refused_and_the_next_replica_asked()
    {
        await using var shouts = await Server.StartAsync(c =>
        {
            c.Response.Headers["X-Long"] = new string('x', 10 << 20);
            return Server.Hello(c);
        });
        await using var works = await Server.StartAsync(Server.Hello);
        await using var director = Director.For($"list:{shouts.Address},{works.Address}", new DirectorOptions { Policy = "round-robin" });
        using var client = new HttpClient(new SmartHandler(director));
        for (var i = 0; i < 4; i++) Assert.Equal("hello", await client.GetStringAsync(new Uri("service://quotes/"), Cancel));
        Assert.True(shouts.Received > 0);
    }

    static X509Certificate2 SelfSigned(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
