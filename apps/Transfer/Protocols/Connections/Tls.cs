using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using SmartClients.Naming;

namespace SmartClients.Transfer.Protocols.Connections;

/// <summary>How a server proves who it is.</summary>
internal static class Tls
{
    /// <summary>What a handshake with an endpoint asks of its certificate.</summary>
    public static SslClientAuthenticationOptions For(ProtocolOptions options, Endpoint? endpoint = null)
    {
        var tls = new SslClientAuthenticationOptions();
        if (endpoint is not null) tls.TargetHost = Name(endpoint);
        if (options.Trusted is { } trusted)
        {
            tls.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            tls.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        }
        return tls;
    }

    static string Name(Endpoint endpoint) => endpoint.Authority is { } authority ? Endpoint.Parse(authority, endpoint.Port).Host : endpoint.Host;
}
