using SmartClients.Testing;
using SmartClients.Transfer.Protocols.Sftp;
using Xunit;

namespace SmartClients.Transfer.Tests.Protocols.Sftp;

public class KnownHostsTests
{
    [Theory]
    [InlineData("host ssh-ed25519 AAAA a comment", true)]
    [InlineData("other,HOST ssh-ed25519 AAAA", true)]
    [InlineData("ho?t,x ssh-ed25519 AAAA", true)]
    [InlineData("*,!host ssh-ed25519 AAAA", false)]
    [InlineData("[host]:22 ssh-ed25519 AAAA", false)]
    [InlineData("host", false)]
    [InlineData("# host ssh-ed25519 AAAA", false)]
    [InlineData("@cert-authority host ssh-ed25519 AAAA", false)]
    [InlineData("@unknown host ssh-ed25519 AAAA", false)]
    [InlineData("", false)]
    public void Lines_of_a_host_are_found(string line, bool found) => Assert.Equal(found ? new KnownKey("ssh-ed25519", "AAAA", false) : null, KnownKey.Read(line, "host"));

    [Fact]
    public void Revoked_keys_are_known_as_such() => Assert.True(KnownKey.Read("@revoked host ssh-ed25519 AAAA", "host")!.Revoked);

    [Fact]
    public async Task Names_that_ssh_keygen_has_hashed_are_found()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("known_hosts", "host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0s5pSUbEgdoPZpzCgF5IhSGyKOzPjZXlLvk7aSsAqG\n[host]:2222 ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKtw5sJ7c0Ewx6z0dL8x1H0fJmN2FvM3c2b1D6oYlq0Z\n");
        await using (var keygen = RunningProcess.Start("ssh-keygen", "-q", "-H", "-f", file))
            Assert.Equal(0, await keygen.ExitAsync(TestContext.Current.CancellationToken));
        Assert.StartsWith("|1|", File.ReadAllText(file), StringComparison.Ordinal);
        var hosts = new KnownHosts(file);
        Assert.EndsWith("sAqG", Assert.Single(hosts.Of("host", 22)).Key, StringComparison.Ordinal);
        Assert.EndsWith("lq0Z", Assert.Single(hosts.Of("host", 2222)).Key, StringComparison.Ordinal);
        Assert.Empty(hosts.Of("other", 22));
    }

    [Fact]
    public void A_key_that_is_added_is_known_and_the_file_stays_whole()
    {
        using var folder = new TemporaryFolder();
        var file = folder.Write("known_hosts", "a ssh-rsa AAAA");
        var hosts = new KnownHosts(file);
        byte[] key = [0, 0, 0, 3, (byte)'x', (byte)'y', (byte)'z', 1, 2, 3];
        hosts.Add("host", 2222, key);
        Assert.Equal(new KnownKey("xyz", Convert.ToBase64String(key), false), Assert.Single(hosts.Of("host", 2222)));
        Assert.Single(hosts.Of("a", 22));
        new KnownHosts(Path.Combine(folder.Path, "not", "there")).Add("host", 22, key);
        Assert.Single(new KnownHosts(Path.Combine(folder.Path, "not", "there")).Of("host", 22));
    }
}
