using SmartClients.Naming;
using SmartClients.Naming.Certified;

namespace SmartClients.Cli.Resolving;

/// <summary>The certificate that a name led to.</summary>
/// <param name="Serial">Grows with each publication.</param>
/// <param name="Issued">When it was made.</param>
/// <param name="Expires">When it ends.</param>
/// <param name="Key">The thumbprint of the key that signed it.</param>
/// <param name="Origin">Where it was had.</param>
/// <param name="AgeS">How long ago it was found to be the newest, in seconds.</param>
internal sealed record CertificateReport(long Serial, DateTimeOffset Issued, DateTimeOffset Expires, string Key, string Origin, double AgeS)
{
    public static CertificateReport? Of(NameSource source, TimeProvider time)
    {
        if (source is not CertifiedNames { Keeper.Current: { } kept }) return null;
        var said = kept.Envelope.Certificate;
        return new CertificateReport(
            said.Serial, said.Issued, said.Expires, kept.Envelope.Key, kept.Origin, Math.Round(Math.Max(0, (time.GetUtcNow() - kept.Fetched).TotalSeconds), 3));
    }
}
