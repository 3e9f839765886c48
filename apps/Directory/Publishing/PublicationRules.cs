using System.Buffers.Text;
using System.Security.Cryptography;
using SmartClients.Naming;
using SmartClients.Naming.Certificates;

namespace SmartClients.Directories.Publishing;

/// <summary>
/// Whether a certificate is taken in: the key that first took a name owns it, and hands it on as certificates do; serials rise. The
/// same rules hold for who publishes and for what a peer has, but for the time: what ended while it was a peer's is still the name's.
/// </summary>
/// <param name="ended">Whether certificates that have ended are taken.</param>
internal sealed class PublicationRules(bool ended)
{
    /// <summary>For who publishes.</summary>
    public static PublicationRules ForPublishers { get; } = new(ended: false);

    /// <summary>For what a peer published already.</summary>
    public static PublicationRules ForPeers { get; } = new(ended: true);

    /// <summary>Decides.</summary>
    /// <returns>The certificate to keep, and what becomes of it.</returns>
    /// <exception cref="CertificateException">It is refused.</exception>
    public (SignedCertificate Kept, Publication Publication) Decide(SignedCertificate candidate, SignedCertificate? known, DateTimeOffset now)
    {
        var certificate = candidate.Certificate;
        Trust.Check(candidate, ServiceName.OfService(certificate.Name), known, ended && certificate.Expires < now ? certificate.Expires : now);
        if (known is null) return (candidate, Publication.Created);
        return known.Certificate.Serial == certificate.Serial ? (known, Publication.Same) : (Ancestry.Complete(candidate, known), Publication.Replaced);
    }

    /// <summary>Reads what the store holds.</summary>
    /// <exception cref="InvalidDataException">It was damaged there.</exception>
    public SignedCertificate Known(byte[] document, string name)
    {
        try
        {
            return SignedCertificate.Read(document, $"The stored certificate of '{name}'");
        }
        catch (CertificateException error)
        {
            throw new InvalidDataException($"{error.Message} The store is damaged: stop the directory, move its data away, and let its peers fill a new one.", error);
        }
    }

    /// <summary>The service's name that a text is, in its plain form; <see langword="null"/> where it is none.</summary>
    public static string? NameOf(string text)
    {
        try
        {
            return ServiceName.OfService(text).Value;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    /// <summary>SHA-256 of what was signed, in base64url.</summary>
    public static string Digest(SignedCertificate certificate) => Base64Url.EncodeToString(SHA256.HashData(certificate.Payload.Span));
}
