using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartClients.Http.Etcd;
using SmartClients.Http.Tests.Support;
using SmartClients.Naming;
using SmartClients.Testing;
using Xunit;

namespace SmartClients.Http.Tests.Etcd;

/// <summary>Users, passwords and TLS.</summary>
public class EtcdAuthenticationTests : EtcdTest
{
    static readonly EtcdOptions AsReader = Quick with { User = "reader", Password = "secret" };

    static async Task<Testing.Etcd> StartAsync()
    {
        var etcd = await Testing.Etcd.StartAsync(Cancel);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
        await etcd.AskAsync("auth/role/add", new { name = "members" }, Cancel);
        var all = new { key = Testing.Etcd.Base64("smartclients/"), range_end = Testing.Etcd.Base64("smartclients0"), permType = "READWRITE" };
        await etcd.AskAsync("auth/role/grant", new { name = "members", perm = all }, Cancel);
        foreach (var (user, role) in new[] { ("root", "root"), ("reader", "members") })
        {
            await etcd.AskAsync("auth/user/add", new { name = user, password = "secret" }, Cancel);
            await etcd.AskAsync("auth/user/grant", new { user, role }, Cancel);
        }
        await etcd.AskAsync("auth/enable", new { }, Cancel);
        return etcd;
    }

    [Fact]
    public async Task A_user_with_a_password_reads_registers_and_logs_in_again_when_etcd_has_forgotten_the_login()
    {
        await using var etcd = await StartAsync();
        await using var director = Direct(AsReader, etcd);
        await director.ReadyAsync(Cancel);
        await MembersAsync(director, "127.0.0.1:1");

        using var leaving = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var registration = new EtcdRegistration("etcd:" + Name(etcd), new Endpoint("127.0.0.1", 2), TimeSpan.FromSeconds(10), TimeProvider.System, AsReader);
        var running = registration.RunAsync(leaving.Token);
        await MembersAsync(director, "127.0.0.1:1", "127.0.0.1:2");

        await etcd.KillAsync(Cancel);
        await etcd.RestartAsync(Cancel, needsLogin: true);
        await leaving.CancelAsync();
        await running;
        await MembersAsync(director, "127.0.0.1:1");
    }

    [Fact]
    public async Task A_missing_user_and_a_wrong_password_are_told()
    {
        await using var etcd = await StartAsync();

        var nobody = await Assert.ThrowsAsync<EtcdException>(() => ReadAsync(etcd, Quick));
        var impostor = await Assert.ThrowsAsync<EtcdException>(() => ReadAsync(etcd, AsReader with { Password = "guess" }));

        Assert.Contains("set EtcdOptions.User and Password", nobody.Message, StringComparison.Ordinal);
        Assert.Contains("authentication failed", impostor.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", AsReader.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_behind_TLS_is_trusted_by_its_own_authority_only()
    {
        using var folder = new TemporaryFolder();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=etcd", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        var (pem, secret) = (folder.Write("etcd.pem", certificate.ExportCertificatePem()), folder.Write("etcd.key", key.ExportPkcs8PrivateKeyPem()));
        await using var etcd = await Testing.Etcd.StartAsync(Cancel, "--cert-file", pem, "--key-file", secret);
        await etcd.PutAsync(Prefix + "127.0.0.1:1", "", Cancel);
        var trusting = new SslClientAuthenticationOptions
        {
            CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                CustomTrustStore = { certificate },
                RevocationMode = X509RevocationMode.NoCheck,
            },
        };

        var set = await ReadAsync(etcd, Quick with { Tls = trusting });
        var distrust = await Assert.ThrowsAsync<EtcdException>(() => ReadAsync(etcd, Quick with { Tls = new SslClientAuthenticationOptions() }));

        Assert.Equal("127.0.0.1:1", set.Endpoints.Single().Address);
        Assert.Contains("UntrustedRoot", distrust.Message, StringComparison.Ordinal);
    }

    static async Task<MemberSet> ReadAsync(Testing.Etcd etcd, EtcdOptions options)
    {
        await using var sets = new EtcdNames(Name(etcd), options).WatchAsync(TimeProvider.System, Cancel).GetAsyncEnumerator(Cancel);
        return await NextAsync(sets);
    }
}
