using System.Text.Json;
using SmartClients.Naming.Certificates;

namespace SmartClients.Cli.Keys;

/// <summary>A certificate, as a document.</summary>
/// <param name="Name">The service.</param>
/// <param name="Serial">Its serial.</param>
/// <param name="Key">The thumbprint of the key that signed it; none when nobody did.</param>
/// <param name="Freshness">fresh, stale, ended or early.</param>
/// <param name="Lineage">The keys that were the service's before, oldest first.</param>
/// <param name="Certificate">What was signed, with fields that this program does not know.</param>
internal sealed record CertificateView(string Name, long Serial, string? Key, string Freshness, IReadOnlyList<CertificateView.Link> Lineage, JsonElement Certificate)
{
    /// <summary>A key that handed over, and in which certificate.</summary>
    internal sealed record Link(string Key, long Serial);

    public static CertificateView Of(ReadOnlyMemory<byte> payload, ServiceCertificate certificate, SignedCertificate? signed, DateTimeOffset now)
    {
        using var document = JsonDocument.Parse(payload);
        return new CertificateView(
            certificate.Name, certificate.Serial, signed?.Key, CertificateText.Word(Trust.FreshnessOf(certificate, now)),
            [.. signed?.Lineage.Select(one => new Link(one.Key, one.Certificate.Serial)) ?? []], document.RootElement.Clone());
    }
}
