using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary>Whether a certificate would be believed, as a document.</summary>
/// <param name="Valid">Whether it would.</param>
/// <param name="Fault">bad_signature, wrong_key, rolled_back, expired, not_yet_valid or wrong_name.</param>
/// <param name="Reason">The same for people.</param>
/// <param name="Name">The service; none when it could not be read.</param>
/// <param name="Serial">Its serial.</param>
/// <param name="Key">The thumbprint of the key that signed it.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Freshness">fresh, stale, ended or early.</param>
internal sealed record VerifyReport(bool Valid, string? Fault, string? Reason, string? Name, long? Serial, string? Key, DateTimeOffset? Expires, string? Freshness)
{
    public static VerifyReport Of(SignedCertificate? signed, CertificateException? refusal, DateTimeOffset now) => new(
        refusal is null, refusal is null ? null : CertificateText.Word(refusal.Fault), refusal?.Message, signed?.Certificate.Name, signed?.Certificate.Serial,
        signed?.Key, signed?.Certificate.Expires, signed is null ? null : CertificateText.Word(Trust.FreshnessOf(signed.Certificate, now)));
}
