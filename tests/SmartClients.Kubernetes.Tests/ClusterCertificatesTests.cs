using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Xunit;
using static SmartClients.Kubernetes.Tests.RecordedSlice;

namespace SmartClients.Kubernetes.Tests;

/// <summary>A cluster has an authority of its own, for its server and for whoever logs in by certificate.</summary>
public sealed class ClusterCertificatesTests : IDisposable
{
    readonly X509Certificate2 authority = Authority();
    readonly X509Certificate2 server;
    readonly X509Certificate2 user;

    public ClusterCertificatesTests() => (server, user) = (Signed("CN=server"), Signed("CN=user"));

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        authority.Dispose();
        server.Dispose();
        user.Dispose();
    }

    [Fact]
    public async Task Both_sides_show_the_certificates_of_the_clusters_authority()
    {
        string? seen = null;
        await using var cluster = await RecordedCluster.StartAsync(listen => listen.UseHttps(https =>
        {
            https.ServerCertificate = server;
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (certificate, _, _) => (seen = certificate.Thumbprint) == user.Thumbprint;
        }));
        cluster.IsOpen = true;
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1")]));

        var set = await FirstAsync(cluster.OptionsOf(
            $"{{ client-certificate-data: {Base64(user.ExportCertificatePem())}, client-key-data: {Base64(user.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem())} }}", Trusts(authority)));

        Assert.Equal("10.0.0.1:8080", Assert.Single(set.Endpoints).Address);
        Assert.Equal(user.Thumbprint, seen);
    }

    [Fact]
    public async Task A_server_that_another_authority_vouches_for_is_told_nothing()
    {
        var asked = false;
        await using var cluster = await RecordedCluster.StartAsync(listen => listen.UseHttps(server));
        cluster.Instead = _ =>
        {
            asked = true;
            return Task.CompletedTask;
        };
        using var other = Authority();

        await Assert.ThrowsAsync<ClusterException>(() => FirstAsync(cluster.OptionsOf("{ token: the-token }", Trusts(other))));
        Assert.False(asked);
    }

    [Fact]
    public async Task A_server_is_not_checked_where_the_configuration_says_so()
    {
        await using var cluster = await RecordedCluster.StartAsync(listen => listen.UseHttps(server));
        cluster.Put(Of("quotes-abc", [Pod("10.0.0.1")]));
        Assert.Single((await FirstAsync(cluster.OptionsOf("{ token: the-token }", ", insecure-skip-tls-verify: true"))).Endpoints);
    }

    static async Task<Naming.MemberSet> FirstAsync(KubernetesOptions options)
    {
        await foreach (var set in new KubernetesNames("quotes.shop", options).WatchAsync(TimeProvider.System, Cancel)) return set;
        throw new InvalidOperationException("The watch has ended.");
    }

    static string Trusts(X509Certificate2 authority) => ", certificate-authority-data: " + Base64(authority.ExportCertificatePem());

    static string Base64(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));

    static X509Certificate2 Authority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }

    X509Certificate2 Signed(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var signed = request.Create(authority, authority.NotBefore, authority.NotAfter, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
