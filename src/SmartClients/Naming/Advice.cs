using SmartClients.Naming.Certificates;

namespace SmartClients.Naming;

/// <summary>What a service says of how it is to be used. Equal advice is equal in all parts.</summary>
/// <param name="Policy">Its wishes: what a program sets itself wins.</param>
/// <param name="Limits">Its limits: they win over what a program sets.</param>
/// <param name="Scheme">How the replicas are spoken to; <see langword="null"/> when it does not say.</param>
/// <remarks><see cref="AdvisedOptions"/> applies it to a director's options.</remarks>
public sealed record Advice(CertifiedPolicy Policy, CertifiedLimits Limits, string? Scheme)
{
    /// <summary>The advice in a certificate.</summary>
    public static Advice Of(ServiceCertificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new Advice(certificate.Policy, certificate.Limits, certificate.Interface.Scheme);
    }
}
