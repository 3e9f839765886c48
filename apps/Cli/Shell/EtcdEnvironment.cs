using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using SmartClients.Http.Etcd;

namespace SmartClients.Cli.Shell;

/// <summary>How etcd is reached, from the variables that etcdctl reads: ETCDCTL_USER (<c>name:password</c>, or the name alone with
/// ETCDCTL_PASSWORD), ETCDCTL_CACERT, ETCDCTL_CERT and ETCDCTL_KEY.</summary>
internal static class EtcdEnvironment
{
    /// <summary>Reads them.</summary>
    /// <param name="variable">A variable's value.</param>
    /// <exception cref="UsageException">A file cannot be read, or one variable needs another.</exception>
    public static EtcdOptions Read(Func<string, string?> variable)
    {
        var (user, password) = (Given("ETCDCTL_USER"), Given("ETCDCTL_PASSWORD"));
        if (password is null && user?.IndexOf(':') is >= 0 and var colon) (user, password) = (user[..colon], user[(colon + 1)..]);
        if (user is null != password is null)
            throw new UsageException($"ETCDCTL_{(user is null ? "PASSWORD" : "USER")} alone is not enough: set ETCDCTL_USER=name:password");
        return new EtcdOptions { User = user, Password = password, Tls = Tls(Given("ETCDCTL_CACERT"), Given("ETCDCTL_CERT"), Given("ETCDCTL_KEY")) };

        string? Given(string name) => variable(name) is { Length: > 0 } value ? value : null;
    }

    static SslClientAuthenticationOptions? Tls(string? authority, string? certificate, string? key)
    {
        if (certificate is null != key is null) throw new UsageException("ETCDCTL_CERT and ETCDCTL_KEY are needed both, or neither");
        if (authority is null && certificate is null) return null;
        var tls = new SslClientAuthenticationOptions();
        try
        {
            if (authority is not null)
            {
                tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
                tls.CertificateChainPolicy.CustomTrustStore.ImportFromPemFile(authority);
            }
            if (certificate is not null) tls.ClientCertificates = [X509Certificate2.CreateFromPemFile(certificate, key)];
        }
        catch (Exception error) when (error is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"ETCDCTL_CACERT, ETCDCTL_CERT or ETCDCTL_KEY cannot be read: {error.Message}");
        }
        return tls;
    }
}
