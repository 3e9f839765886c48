using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartClients.Cli.Shell;
using SmartClients.Http.Etcd;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Cli.Tests.Shell;

public class EtcdEnvironmentTests
{
    static EtcdOptions Read(params IEnumerable<(string Name, string Value)> set)
    {
        var variables = set.ToDictionary(item => "ETCDCTL_" + item.Name, item => item.Value);
        return EtcdEnvironment.Read(name => variables.GetValueOrDefault(name));
    }

    [Fact]
    public void Nothing_set_is_nobody_in_plain_HTTP() => Assert.Equal(new EtcdOptions(), Read(("USER", ""), ("CACERT", "")));

    [Fact]
    public void A_user_has_a_password()
    {
        Assert.Equal(("reader", "a:b"), (Read(("USER", "reader:a:b")).User, Read(("USER", "reader:a:b")).Password));
        Assert.Equal("secret", Read(("USER", "reader"), ("PASSWORD", "secret")).Password);
        Assert.Contains("ETCDCTL_USER alone", Assert.Throws<UsageException>(() => Read(("USER", "reader"))).Message, StringComparison.Ordinal);
        Assert.Contains("ETCDCTL_PASSWORD alone", Assert.Throws<UsageException>(() => Read(("PASSWORD", "x"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_give_an_authority_and_a_certificate()
    {
        using var folder = new TemporaryFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=etcd", key, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));
        var (pem, secret) = (folder.Write("c.pem", certificate.ExportCertificatePem()), folder.Write("c.key", key.ExportPkcs8PrivateKeyPem()));

        var tls = Read(("CACERT", pem), ("CERT", pem), ("KEY", secret)).Tls!;

        Assert.Equal(certificate.Thumbprint, tls.CertificateChainPolicy!.CustomTrustStore.Single().Thumbprint);
        Assert.True(((X509Certificate2)tls.ClientCertificates![0]).HasPrivateKey);
        Assert.Contains("both, or neither", Assert.Throws<UsageException>(() => Read(("CERT", pem))).Message, StringComparison.Ordinal);
        Assert.Contains("cannot be read", Assert.Throws<UsageException>(() => Read(("CACERT", secret + ".none"))).Message, StringComparison.Ordinal);
    }
}
